/// A table whose cells are found but not yet read: names of columns, and where in the file each cell lies.
struct CSVTable {
    /// One field: its bytes without the quotes around it.
    struct Cell {
        var start: Int
        var end: Int
        /// Doubled quotes stand for one.
        var hasDoubledQuotes = false
    }

    let dialect: CSVDialect
    let columns: [String]
    /// Whether the first line named the columns; else they are called c0, c1, ….
    let hasHeader: Bool
    /// Row after row.
    private let cells: [Cell]
    /// The line in which each row begins, counted from 1.
    private let lines: [Int]

    var rows: Int { lines.count }

    /// Finds the cells of `bytes`: UTF-8 with or without its mark, any of the three line ends, quoted fields.
    ///
    /// - Throws: ``CSVError`` for rows of other lengths, open quotes, and names that are missing or doubled.
    init(_ bytes: Span<UInt8>) throws(CSVError) {
        let dialect = CSVDialect(sniffing: bytes)
        var scanner = CSVScanner(dialect: dialect)
        try scanner.scan(bytes)
        guard let width = scanner.width else { throw .empty }
        let first = scanner.cells.prefix(width)
        let names = first.map { Self.text(of: $0, in: bytes) }
        let isData = first.allSatisfy { Decimal.parse(bytes, $0, dialect) != nil }
        self.dialect = dialect
        hasHeader = !isData
        columns = isData ? (0..<width).map { "c\($0)" } : names
        cells = isData ? scanner.cells : Array(scanner.cells.dropFirst(width))
        lines = isData ? scanner.lines : Array(scanner.lines.dropFirst())
        try Self.check(columns)
        guard rows > 0 else { throw .noRows }
    }

    func cell(row: Int, column: Int) -> Cell { cells[row * columns.count + column] }

    func line(ofRow row: Int) -> Int { lines[row] }

    func text(_ bytes: Span<UInt8>, row: Int, column: Int) -> String {
        Self.text(of: cell(row: row, column: column), in: bytes)
    }

    /// The index of the column called `name`.
    func index(of name: String) throws(CSVError) -> Int {
        guard let index = columns.firstIndex(of: name) else { throw .noColumn(name, found: columns) }
        return index
    }

    /// The column to predict where nobody named one: called like a target, else the last.
    var guessedTarget: Int {
        let usual = ["target", "label", "class", "species", "y"]
        return columns.lastIndex { usual.contains($0.lowercased()) } ?? columns.count - 1
    }

    private static func check(_ columns: [String]) throws(CSVError) {
        var seen: Set<String> = []
        for (index, name) in columns.enumerated() {
            guard !name.isEmpty else { throw .emptyName(column: index + 1) }
            guard seen.insert(name).inserted else { throw .duplicateName(name) }
        }
    }

    private static func text(of cell: Cell, in bytes: Span<UInt8>) -> String {
        let text = String(decoding: (cell.start..<cell.end).map { bytes[$0] }, as: UTF8.self)
        return cell.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
    }
}
