/// Splits a file into fields by the rules of RFC 4180, with common deviations from it.
///
/// A field ends at the separator or at a line end: LF, CR LF or CR. A field that opens with a quote ends at the closing
/// quote; everything between the quotes is text, and a doubled quote stands for one quote. Blanks around a field are
/// skipped: spaces, no-break spaces, form feeds, and tabs unless the tab is the separator.
///
/// If the separator is a space, a run of blanks separates two fields.
struct CSVScanner {
    private let separator: UInt8
    private let quote: UInt8
    private let isBlankSeparated: Bool

    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ dialect: CSVDialect) {
        separator = dialect.separator
        quote = dialect.quote
        isBlankSeparated = dialect.separator == Blank.space
    }

    /// Reads the field at `position` and the separator or line end after it, and advances `position`.
    ///
    /// - Returns: The field, and whether another one follows in its row.
    func next(_ bytes: Span<UInt8>, _ position: inout Int) throws(CSVFault) -> (field: CSVField, more: Bool) {
        skipBlanks(bytes, &position)
        let field: CSVField
        if position < bytes.count, bytes[position] == quote {
            field = try quoted(bytes, &position)
        } else {
            field = plain(bytes, &position)
        }
        if isBlankSeparated { return (field, !skipToNextField(bytes, &position)) }
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
            skipBlanks(bytes, &end)
            while end < bytes.count, bytes[end] == Blank.endOfFile { end += 1 }
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
            if isBlankSeparated, Blank.length(bytes, at: position) > 0 { break }
            position += 1
        }
        return CSVField(start: start, end: Blank.end(of: start..<position, in: bytes))
    }

    /// Advances `position` past the blanks after a field, and past the line end if one follows.
    ///
    /// - Returns: Whether the row ends here.
    private func skipToNextField(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        skipBlanks(bytes, &position)
        guard position == bytes.count || Self.endsLine(bytes[position]) else { return false }
        Self.skipLineEnd(bytes, &position)
        return true
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
        var field = CSVField(start: opening + 1, end: position - 1, hasDoubledQuotes: hasDoubledQuotes)
        field.trim(bytes)
        if isBlankSeparated { return field }
        skipBlanks(bytes, &position)
        while position < bytes.count, bytes[position] == Blank.endOfFile {
            position += 1
            skipBlanks(bytes, &position)
        }
        guard position == bytes.count || bytes[position] == separator || Self.endsLine(bytes[position]) else {
            // As in pandas, what follows a closing quote belongs to the field. Here the quotes belong to it too.
            var whole = plain(bytes, &position)
            (whole.start, whole.isStray) = (opening, true)
            return whole
        }
        return field
    }

    @inline(__always)
    private func skipBlanks(_ bytes: Span<UInt8>, _ position: inout Int) {
        while position < bytes.count, bytes[position] != separator || isBlankSeparated {
            let length = Blank.length(bytes, at: position)
            guard length > 0 else { return }
            position += length
        }
    }
}

/// A syntax error in a file; `at` is the offset of a byte in the faulty line.
enum CSVFault: Error, Equatable {
    case openQuote(at: Int)
    case ragged(at: Int, fields: Int)
    /// More than ``CSVSample/maxFields``.
    case tooManyFields(at: Int)
}
