import Support
import Testing

@testable import Tables

@Suite("CSV reader against the plain reader")
struct CSVFuzzTests {
    /// Mostly special bytes, so that random files combine them often.
    private static let alphabet = Array("ab1,;\"' \n\r\n,".utf8)

    @Test(
        "random bytes give the same cells or the same error as the plain reader, for any chunk size",
        arguments: [1, 2, 3, 4, 5, 6, 7, 8]
    )
    func bytes(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_500 {
            let bytes = (0..<1 + generator.below(40)).map { _ in
                Self.alphabet[generator.below(Self.alphabet.count)]
            }
            compare(bytes, chunkSize: 1 + generator.below(12))
        }
    }

    @Test("random valid tables give the same cells as the plain reader", arguments: [1, 2, 3, 4])
    func tables(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let bytes = table(columns: 1 + generator.below(4), rows: 1 + generator.below(60), &generator)
            compare(bytes, chunkSize: 5 + generator.below(200))
        }
    }

    private func compare(_ bytes: [UInt8], chunkSize: Int) {
        var options = CSVOptions()
        (options.separator, options.quote, options.hasHeader) = (UInt8(ascii: ","), UInt8(ascii: "\""), false)
        let plain = Result { () throws(CSVError) in
            let rows = try PlainCSV.rows(bytes, CSVDialect())
            if rows.isEmpty { throw .empty }
            return rows
        }
        let fast = Result { () throws(CSVError) in
            try CSVCells.rows(bytes, options, chunkSize: chunkSize).rows
        }
        #expect(
            fast == plain,
            "\(String(decoding: bytes, as: UTF8.self).debugDescription), chunks of \(chunkSize) bytes"
        )
    }

    private func table(columns: Int, rows: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        let cells = [
            "1", "-2.5", "x", "", "\"\"", "\"a,b\"", "\"two\nlines\"", "\"a\"\"b\"", " y ", "\"\r\n,\"",
        ]
        let ends = ["\n", "\r\n", "\r"]
        let end = ends[generator.below(3)]
        var text = ""
        for _ in 0..<rows {
            text +=
                (0..<columns).map { _ in cells[generator.below(cells.count)] }.joined(separator: ",") + end
        }
        return Array(text.utf8)
    }
}
