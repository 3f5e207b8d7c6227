@testable import Tables

/// A simple CSV reader: one state machine that reads sign by sign, and rules for odd rows that look at whole rows.
///
/// ``CSVReader`` must agree with it.
struct PlainCSV {
    struct Row {
        var cells: [String] = []
        /// The row as it is written, without its line end.
        var text = ""
        /// The offset of the row's first byte.
        var start: Int
        var line: Int
    }

    private enum State {
        case fieldStart, plain, quoted, quoteWithin, behindQuotes
    }

    private static let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{B}", "\u{C}", "\u{A0}"]
    private static let endOfFile: Unicode.Scalar = "\u{1A}"
    private static let totals: Set<String> = ["total", "sum", "average"]

    private let (separator, quote): (Unicode.Scalar, Unicode.Scalar)
    private var state = State.fieldStart
    private var field = String.UnicodeScalarView()
    /// The field in quotes as it is written.
    private var written = String.UnicodeScalarView()
    private var row = Row(start: 0, line: 1)
    private var rows: [Row] = []
    private var (line, quoteLine, offset) = (1, 1, 0)
    private var wasQuoted = false

    /// The cells of the table in `bytes`, by the rules for odd rows; `layout` has the place and width of the table.
    static func table(_ bytes: [UInt8], _ layout: CSVLayout) throws(CSVError) -> [[String]] {
        let all = try rows(bytes, layout.dialect)
        let header = layout.headerLine.flatMap { line in all.first { $0.start == line.lowerBound } }
        let width = layout.names.count
        var (kept, long): ([[String]], [Row]) = ([], [])
        let body = all.filter { $0.start >= layout.bodyStart }
        for (index, row) in body.enumerated() {
            let (own, rest) = (row.cells.prefix(width), row.cells.dropFirst(width))
            if row.text == header?.text || row.cells.count == 1 && width > 2 { continue }
            if index > 0, index == body.count - 1, sumsUp(row, body[..<index]) { continue }
            if rest.contains(where: { !$0.isEmpty }) {
                long.append(row)
            } else {
                kept.append(own + Array(repeating: "", count: width - own.count))
            }
        }
        if let first = long.first, long.count > 1, long.count * 20 > kept.count {
            throw .raggedRow(line: first.line, fields: first.cells.count, expected: width)
        }
        return kept
    }

    /// Whether the first cell with a text is a word such as "Total" that the column does not have above.
    private static func sumsUp(_ row: Row, _ above: ArraySlice<Row>) -> Bool {
        guard let column = row.cells.firstIndex(where: { !$0.isEmpty }) else { return false }
        let word = row.cells[column].lowercased()
        return totals.contains(word)
            && !above.contains { $0.cells.count > column && $0.cells[column].lowercased() == word }
    }

    /// All rows of `bytes`, with as many cells as each has.
    static func rows(_ bytes: [UInt8], _ dialect: CSVDialect) throws(CSVError) -> [Row] {
        var reader = PlainCSV(dialect)
        var previous: Unicode.Scalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            try reader.read(scalar, isPair: scalar == "\n" && previous == "\r")
            previous = scalar
        }
        if reader.state == .quoted { throw .openQuote(line: reader.quoteLine) }
        reader.endRow()
        return reader.rows
    }

    private init(_ dialect: CSVDialect) {
        separator = Unicode.Scalar(dialect.separator)
        quote = Unicode.Scalar(dialect.quote)
    }

    /// Reads one sign; `isPair` means that it is the LF of CR LF.
    private mutating func read(_ sign: Unicode.Scalar, isPair: Bool) throws(CSVError) {
        let isLineEnd = sign == "\n" || sign == "\r"
        offset += UTF8.width(sign)
        defer { if isLineEnd, !isPair { line += 1 } }
        let isQuoted = state == .quoted
        written.append(sign)
        if isQuoted || !isLineEnd { row.text.unicodeScalars.append(sign) }
        switch state {
        case .quoted where sign == quote: state = .quoteWithin
        case .quoted: field.append(sign)
        case .quoteWithin where sign == quote:
            field.append(sign)
            state = .quoted
        case _ where isPair: (row.start, row.line) = (offset, line)
        case _ where isLineEnd:
            endRow()
            (row.start, row.line) = (offset, line + 1)
        case _ where sign == separator: endField()
        case .fieldStart where sign == quote:
            (state, wasQuoted, quoteLine) = (.quoted, true, line)
            written = .init([sign])
        case .fieldStart where Self.blanks.contains(sign): break
        case .fieldStart, .plain:
            field.append(sign)
            state = .plain
        case .quoteWithin, .behindQuotes:
            let isBlank = Self.blanks.contains(sign) || sign == Self.endOfFile
            state = isBlank ? .behindQuotes : .plain
            if !isBlank { field = written }
        }
    }

    private mutating func endField() {
        while let first = field.first, Self.blanks.contains(first) { field.removeFirst() }
        while let last = field.last, Self.blanks.contains(last) || last == Self.endOfFile {
            field.removeLast()
        }
        row.cells.append(String(field))
        (field, state) = (.init(), .fieldStart)
    }

    private mutating func endRow() {
        let hasText = !field.allSatisfy { $0 == Self.endOfFile }
        let isBlank = row.cells.isEmpty && !hasText && !wasQuoted
        endField()
        if !isBlank { rows.append(row) }
        (row, wasQuoted) = (Row(start: offset, line: line), false)
    }
}
