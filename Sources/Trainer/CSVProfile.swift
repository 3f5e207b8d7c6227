/// What there is to say about a table before anyone learns from it.
package struct CSVProfile: Equatable, Sendable {
    package let rows: Int
    package let columns: [String]
    /// The column that a training would predict when none is named.
    package let target: String

    /// - Throws: ``CSVError`` where `csv` is no table.
    package init(of csv: Span<UInt8>) throws(CSVError) {
        let table = try CSVTable(csv)
        rows = table.rows
        columns = table.columns
        target = table.columns[table.guessedTarget]
    }
}
