/// The first bytes of a file that are not part of the table: the byte order mark, and Excel's line `sep=;`.
struct CSVOpening {
    /// The separator that Excel's line names; nil if there is no such line.
    let separator: UInt8?
    /// The offset after the opening.
    let end: Int

    private static let word = Array("sep=".utf8)

    init(_ bytes: Span<UInt8>) {
        let mark = TextEncoding.utf8Mark
        let position = bytes.has(mark, at: 0) ? mark.count : 0
        let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
        var line = position + (isQuoted ? 1 : 0)
        if Self.begins(bytes, at: line, with: Self.word), line + Self.word.count < bytes.count {
            line += Self.word.count
            let separator = bytes[line]
            line += isQuoted ? 2 : 1
            let divides = !CSVScanner.endsLine(separator) && !CSVDialect.quotes.contains(separator)
            if divides, line < bytes.count, CSVScanner.endsLine(bytes[line]) {
                CSVScanner.skipLineEnd(bytes, &line)
                self.separator = separator
                end = line
                return
            }
        }
        (separator, end) = (nil, position)
    }

    /// Whether the bytes at `start` are those of `prefix`, an ASCII text in upper or lower case.
    private static func begins(_ bytes: Span<UInt8>, at start: Int, with prefix: [UInt8]) -> Bool {
        bytes.count >= start + prefix.count
            && prefix.indices.allSatisfy { bytes[start + $0] | 0x20 == prefix[$0] | 0x20 }
    }
}
