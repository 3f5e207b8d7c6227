/// How a table is written down: found out from its first lines.
package struct CSVDialect: Equatable, Sendable {
    package let separator: UInt8
    /// Whether numbers are written as 1,5: only where the separator is a semicolon.
    package let hasDecimalComma: Bool

    private static let separators = Array(",;\t|".utf8)
    private static let sampleLines = 50

    init(separator: UInt8, hasDecimalComma: Bool = false) {
        self.separator = separator
        self.hasDecimalComma = hasDecimalComma
    }

    /// Takes the separator that cuts all the first lines into equally many fields, the more the better.
    init(sniffing bytes: Span<UInt8>) {
        var counts = [[Int]](repeating: [0], count: Self.separators.count)
        var (line, isQuoted, commasInNumbers) = (0, false, 0)
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted else { continue }
            if byte == UInt8(ascii: "\n") {
                line += 1
                guard line < Self.sampleLines, index + 1 < bytes.count else { break }
                for separator in counts.indices { counts[separator].append(0) }
            } else if let separator = Self.separators.firstIndex(of: byte) {
                counts[separator][line] += 1
                if byte == UInt8(ascii: ","), Self.isBetweenDigits(index, bytes) { commasInNumbers += 1 }
            }
        }
        let best = counts.indices.max { Self.score(counts[$0]) < Self.score(counts[$1]) } ?? 0
        separator = Self.score(counts[best]) > 0 ? Self.separators[best] : UInt8(ascii: ",")
        hasDecimalComma = separator == UInt8(ascii: ";") && commasInNumbers > 0
    }

    /// Fields per line where all lines agree; a hint only, where they don't.
    private static func score(_ counts: [Int]) -> Double {
        let filled = counts.filter { $0 > 0 }
        guard let first = counts.first, first > 0 else { return 0 }
        return filled.allSatisfy { $0 == first } && filled.count * 2 > counts.count
            ? Double(first) : Double(first) / 1_000
    }

    private static func isBetweenDigits(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return index > 0 && index + 1 < bytes.count && digits.contains(bytes[index - 1])
            && digits.contains(bytes[index + 1])
    }
}
