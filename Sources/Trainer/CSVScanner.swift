/// Walks through a file once and notes where its fields begin and end.
struct CSVScanner {
    private(set) var cells: [CSVTable.Cell] = []
    private(set) var lines: [Int] = []
    /// Fields per row, as the first row has them.
    private(set) var width: Int?

    private let separator: UInt8
    private var line = 1
    private var position = 0

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(dialect: CSVDialect) {
        separator = dialect.separator
    }

    mutating func scan(_ bytes: Span<UInt8>) throws(CSVError) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.count >= 3, (0..<3).allSatisfy({ bytes[$0] == mark[$0] }) { position = 3 }
        while position < bytes.count {
            let (start, firstCell, firstLine) = (position, cells.count, line)
            var more = true
            while more { more = try scanField(bytes) }
            let isBlank = cells.count - firstCell == 1 && cells[firstCell].start == cells[firstCell].end
            if isBlank && bytes[start] != Self.quote {
                cells.removeLast()
            } else {
                try noteRow(fields: cells.count - firstCell, line: firstLine)
            }
        }
    }

    private mutating func noteRow(fields: Int, line: Int) throws(CSVError) {
        let expected = width ?? fields
        width = expected
        guard fields == expected else { throw .raggedRow(line: line, fields: fields, expected: expected) }
        lines.append(line)
    }

    /// Takes one field and what ends it; true when another field of the row follows.
    private mutating func scanField(_ bytes: Span<UInt8>) throws(CSVError) -> Bool {
        if position < bytes.count, bytes[position] == Self.quote {
            try scanQuoted(bytes)
        } else {
            scanPlain(bytes)
        }
        guard position < bytes.count else { return false }
        let end = bytes[position]
        position += 1
        if end == separator {
            // A separator at the very end of the file leaves one empty field behind it.
            if position == bytes.count { cells.append(.init(start: position, end: position)) }
            return position < bytes.count
        }
        if end == Self.carriageReturn, position < bytes.count, bytes[position] == Self.newline {
            position += 1
        }
        line += 1
        return false
    }

    private mutating func scanPlain(_ bytes: Span<UInt8>) {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == separator || byte == Self.newline || byte == Self.carriageReturn { break }
            position += 1
        }
        appendTrimmed(start, position, bytes)
    }

    private mutating func scanQuoted(_ bytes: Span<UInt8>) throws(CSVError) {
        let opened = line
        position += 1
        var cell = CSVTable.Cell(start: position, end: position)
        while true {
            guard position < bytes.count else { throw .openQuote(line: opened) }
            let byte = bytes[position]
            if byte == Self.newline { line += 1 }
            position += 1
            guard byte == Self.quote else { continue }
            guard position < bytes.count, bytes[position] == Self.quote else { break }
            cell.hasDoubledQuotes = true
            position += 1
        }
        cell.end = position - 1
        cells.append(cell)
        // What stands between the closing quote and the separator is nobody's.
        while position < bytes.count, bytes[position] != separator, bytes[position] != Self.newline,
            bytes[position] != Self.carriageReturn
        { position += 1 }
    }

    private mutating func appendTrimmed(_ from: Int, _ to: Int, _ bytes: Span<UInt8>) {
        var (start, end) = (from, to)
        let space = UInt8(ascii: " ")
        while start < end, bytes[start] == space { start += 1 }
        while end > start, bytes[end - 1] == space { end -= 1 }
        cells.append(.init(start: start, end: end))
    }
}
