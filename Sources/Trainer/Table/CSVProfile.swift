/// What there is to say about a table before anyone learns from it.
package struct CSVProfile: Equatable, Sendable {
    package let rows: Int
    package let columns: [String]
    /// The column that a training would predict when none is named.
    package let target: String

    /// - Throws: ``CSVError`` where `csv` is no table.
    package init(of csv: Span<UInt8>) throws(CSVError) {
        let layout = try CSVLayout(csv)
        let uses = [ColumnUse](repeating: .ignored, count: layout.names.count)
        rows = try CSVReader(layout: layout, uses: uses, threads: 1).read(csv).rows
        columns = layout.names
        target = layout.names[layout.guessedTarget]
    }
}
