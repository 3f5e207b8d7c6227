import Support
import Testing

@testable import Tables

@Suite("CSV reader against the plain reader")
struct CSVFuzzTests {
    /// Mostly special signs, so that random files combine them often.
    private static let alphabet = Array("ab1,;\"' \n\u{D}\n,\t\u{A0}\u{1A}".unicodeScalars)

    @Test(
        "random texts give the same cells or the same error as the plain reader, for any chunk size",
        arguments: [1, 2, 3, 4, 5, 6, 7, 8]
    )
    func texts(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<1 + generator.below(40) {
                text.append(Self.alphabet[generator.below(Self.alphabet.count)])
            }
            compare(Array(String(text).utf8), chunkSize: 1 + generator.below(12), &generator)
        }
    }

    @Test("random tables with odd rows give the same cells as the plain reader", arguments: [1, 2, 3, 4])
    func tables(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let bytes = table(columns: 1 + generator.below(4), rows: 1 + generator.below(60), &generator)
            compare(bytes, chunkSize: 5 + generator.below(200), &generator)
        }
    }

    @Test(
        "one long row in twenty is left out as the plain reader does, more are refused",
        arguments: [5, 6]
    )
    func longRows(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var lines = (0..<200).map { "\($0),a" }
            for _ in 0..<generator.below(24) { lines[generator.below(200)] += ",,x" }
            let bytes = Array(lines.joined(separator: "\n").utf8)
            compare(bytes, chunkSize: 20 + generator.below(900), &generator)
        }
    }

    private func compare(_ bytes: [UInt8], chunkSize: Int, _ generator: inout SeededGenerator) {
        var options = CSVOptions()
        (options.separator, options.quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
        options.hasHeader = generator.below(2) == 0
        let plain = Result { () throws(CSVError) in
            let rows = try PlainCSV.rows(bytes, CSVDialect())
            if rows.isEmpty { throw .empty }
            if rows.count == 1, options.hasHeader == true { throw .noRows }
            return try PlainCSV.table(bytes, CSVLayout(bytes.span, options))
        }
        let fast = Result { () throws(CSVError) in
            try CSVCells.rows(bytes, options, chunkSize: chunkSize).rows
        }
        #expect(
            fast == plain,
            "\(String(decoding: bytes, as: UTF8.self).debugDescription), chunks of \(chunkSize) bytes, \(options)"
        )
    }

    /// A table of which some rows are short, long, alone, a sum, or the first one again.
    private func table(columns: Int, rows: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        let cells = [
            "1", "-2.5", "x", "", "\"\"", "\"a,b\"", "\"two\nlines\"", "\"a\"\"b\"", " y ", "\"\r\n,\"",
            "\" z \"",
        ]
        let ends = ["\n", "\r\n", "\r"]
        let end = ends[generator.below(3)]
        var lines: [String] = []
        for _ in 0..<rows {
            let width =
                switch generator.below(30) {
                case 0: 1
                case 1: columns + 1
                case 2, 3: max(1, columns - 1)
                default: columns
                }
            let line = (0..<width).map { _ in cells[generator.below(cells.count)] }.joined(separator: ",")
            let tail = generator.below(20) == 0 ? ",," : ""
            lines.append(generator.below(25) == 0 ? lines.first ?? line : line + tail)
        }
        if generator.below(8) == 0 {
            lines.append(["Total,9", "SUM", ",average,2", "\"total\""][generator.below(4)])
        }
        return Array(lines.map { $0 + end }.joined().utf8)
    }
}
