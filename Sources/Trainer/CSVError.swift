/// Why a file is not a table.
package enum CSVError: Error, Equatable, CustomStringConvertible {
    case empty
    case noRows
    case raggedRow(line: Int, fields: Int, expected: Int)
    case openQuote(line: Int)
    case emptyName(column: Int)
    case duplicateName(String)
    case noColumn(String, found: [String])

    package var description: String {
        switch self {
        case .empty: "the file is empty"
        case .noRows: "there is a header but no row below it"
        case .raggedRow(let line, let fields, let expected):
            "line \(line) has \(fields) fields, but the first line has \(expected)"
        case .openQuote(let line): "a quote that opens in line \(line) never closes"
        case .emptyName(let column): "column \(column) has no name in the header"
        case .duplicateName(let name): "two columns are called \"\(name)\""
        case .noColumn(let name, let found):
            "no column named \"\(name)\" in the header (found: \(found.prefix(20).joined(separator: ", ")))"
        }
    }
}
