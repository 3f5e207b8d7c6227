/// The characters that separate and quote the cells of a CSV file, and the decimal marks of its numbers.
package enum CSVMark: String, Codable, CaseIterable, Sendable {
    case comma, semicolon, tab, bar, double, single, point
    /// One or more blanks between cells.
    case space

    package static let separators: [CSVMark] = [.comma, .semicolon, .tab, .bar, .space]
    package static let quotes: [CSVMark] = [.double, .single]
    package static let decimals: [CSVMark] = [.point, .comma]
}
