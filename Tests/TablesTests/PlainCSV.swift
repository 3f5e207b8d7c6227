@testable import Tables

/// A simple CSV reader: one state machine that reads byte by byte.
///
/// ``CSVReader`` must agree with it.
struct PlainCSV {
    private enum State {
        case fieldStart, plain, quoted, quoteWithin, behindQuotes
    }

    private let dialect: CSVDialect
    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var row: [String] = []
    private var rows: [[String]] = []
    private var (line, rowLine, quoteLine) = (1, 1, 1)
    private var wasQuoted = false

    /// All rows of `bytes`; each must have as many fields as the first.
    static func rows(_ bytes: [UInt8], _ dialect: CSVDialect) throws(CSVError) -> [[String]] {
        var reader = PlainCSV(dialect: dialect)
        for index in bytes.indices {
            let isPair =
                bytes[index] == UInt8(ascii: "\n") && index > 0 && bytes[index - 1] == UInt8(ascii: "\r")
            try reader.read(bytes[index], isPair: isPair)
        }
        if reader.state == .quoted { throw .openQuote(line: reader.quoteLine) }
        try reader.endRow()
        return reader.rows
    }

    private init(dialect: CSVDialect) {
        self.dialect = dialect
    }

    /// Reads one byte; `isPair` means that it is the LF of CR LF.
    private mutating func read(_ byte: UInt8, isPair: Bool) throws(CSVError) {
        let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        defer { if isLineEnd, !isPair { line += 1 } }
        switch state {
        case .quoted where byte == dialect.quote: state = .quoteWithin
        case .quoted: field.append(byte)
        case .quoteWithin where byte == dialect.quote:
            field.append(byte)
            state = .quoted
        case _ where isPair: rowLine = line
        case _ where isLineEnd:
            try endRow()
            rowLine = line + 1
        case _ where byte == dialect.separator: endField()
        case .fieldStart where byte == dialect.quote:
            (state, wasQuoted, quoteLine) = (.quoted, true, line)
        case .fieldStart where byte == UInt8(ascii: " "): break
        case .fieldStart, .plain:
            field.append(byte)
            state = .plain
        case .quoteWithin, .behindQuotes:
            guard byte == UInt8(ascii: " ") else { throw .textAfterQuote(line: line) }
            state = .behindQuotes
        }
    }

    private mutating func endField() {
        if state == .plain { while field.last == UInt8(ascii: " ") { field.removeLast() } }
        row.append(String(decoding: field, as: UTF8.self))
        (field, state) = ([], .fieldStart)
    }

    private mutating func endRow() throws(CSVError) {
        let isBlank = row.isEmpty && state == .fieldStart && !wasQuoted
        endField()
        if !isBlank {
            let width = rows.first?.count ?? row.count
            guard row.count == width else {
                throw .raggedRow(line: rowLine, fields: row.count, expected: width)
            }
            rows.append(row)
        }
        (row, wasQuoted) = ([], false)
    }
}
