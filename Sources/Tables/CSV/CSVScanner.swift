/// Splits a file into fields by the rules of RFC 4180, with common deviations from it.
///
/// A field ends at the separator or at a line end: LF, CR LF or CR. A field that opens with a quote ends at the closing
/// quote; everything between the quotes is text, and a doubled quote stands for one quote. Spaces around a field are
/// skipped.
struct CSVScanner {
    private let separator: UInt8
    private let quote: UInt8

    private static let space = UInt8(ascii: " ")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ dialect: CSVDialect) {
        separator = dialect.separator
        quote = dialect.quote
    }

    /// Reads the field at `position` and the separator or line end after it, and advances `position`.
    ///
    /// - Returns: The field, and whether another one follows in its row.
    func next(_ bytes: Span<UInt8>, _ position: inout Int) throws(CSVFault) -> (field: CSVField, more: Bool) {
        skipSpaces(bytes, &position)
        let field: CSVField
        if position < bytes.count, bytes[position] == quote {
            field = try quoted(bytes, &position)
        } else {
            field = plain(bytes, &position)
        }
        guard position < bytes.count, bytes[position] == separator else {
            Self.skipLineEnd(bytes, &position)
            return (field, false)
        }
        position += 1
        return (field, true)
    }

    /// Advances `position` to the next line that is not blank.
    func skipBlankLines(_ bytes: Span<UInt8>, _ position: inout Int) {
        while position < bytes.count {
            var end = position
            skipSpaces(bytes, &end)
            guard end == bytes.count || Self.endsLine(bytes[end]) else { return }
            Self.skipLineEnd(bytes, &end)
            position = end
        }
    }

    static func endsLine(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }

    /// Advances `position` past a line end, if one begins at `position`.
    static func skipLineEnd(_ bytes: Span<UInt8>, _ position: inout Int) {
        guard position < bytes.count else { return }
        if bytes[position] == carriageReturn {
            position += 1
            guard position < bytes.count else { return }
        }
        if bytes[position] == newline { position += 1 }
    }

    private func plain(_ bytes: Span<UInt8>, _ position: inout Int) -> CSVField {
        let start = position
        while position < bytes.count, bytes[position] != separator, !Self.endsLine(bytes[position]) {
            position += 1
        }
        var end = position
        while end > start, bytes[end - 1] == Self.space { end -= 1 }
        return CSVField(start: start, end: end)
    }

    private func quoted(_ bytes: Span<UInt8>, _ position: inout Int) throws(CSVFault) -> CSVField {
        let opening = position
        var hasDoubledQuotes = false
        position += 1
        while true {
            while position < bytes.count, bytes[position] != quote { position += 1 }
            guard position < bytes.count else { throw .openQuote(at: opening) }
            position += 1
            guard position < bytes.count, bytes[position] == quote else { break }
            hasDoubledQuotes = true
            position += 1
        }
        let field = CSVField(start: opening + 1, end: position - 1, hasDoubledQuotes: hasDoubledQuotes)
        skipSpaces(bytes, &position)
        guard position == bytes.count || bytes[position] == separator || Self.endsLine(bytes[position]) else {
            throw .textAfterQuote(at: position)
        }
        return field
    }

    private func skipSpaces(_ bytes: Span<UInt8>, _ position: inout Int) {
        while position < bytes.count, bytes[position] == Self.space { position += 1 }
    }
}

/// A syntax error in a file; `at` is the offset of a byte in the faulty line.
enum CSVFault: Error, Equatable {
    case openQuote(at: Int)
    case textAfterQuote(at: Int)
    case ragged(at: Int, fields: Int)
}
