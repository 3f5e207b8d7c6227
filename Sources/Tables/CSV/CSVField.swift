/// The position of one field in a file: its bytes without the quotes and the spaces around it.
struct CSVField: Equatable, Sendable {
    var start: Int
    var end: Int
    /// Whether the field has doubled quotes; each pair stands for one quote.
    var hasDoubledQuotes = false
    /// Whether text follows a closing quote, so that the quotes belong to the field's text.
    var isStray = false
    /// Whether blanks inside the quotes are left out.
    var isTrimmed = false

    var isEmpty: Bool { start == end }

    func text(in bytes: Span<UInt8>, _ dialect: CSVDialect) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        var position = start
        while position < end {
            text.append(bytes[position])
            position += hasDoubledQuotes && bytes[position] == dialect.quote ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Leaves out the blanks at both ends.
    mutating func trim(_ bytes: Span<UInt8>) {
        let whole = start..<end
        defer { isTrimmed = start..<end != whole }
        while start < end {
            let length = Blank.length(bytes, at: start)
            guard length > 0 else { break }
            start += length
        }
        end = max(start, Blank.end(of: start..<max(start, end), in: bytes))
    }

    /// The number of bytes between the quotes or separators.
    var count: Int { end - start }
    var range: Range<Int> { start..<end }
}
