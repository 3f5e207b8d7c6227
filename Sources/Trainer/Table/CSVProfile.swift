/// What there is to say about a table before anyone learns from it.
package struct CSVProfile: Equatable, Sendable {
    package struct Column: Equatable, Sendable {
        package let name: String
        /// Whether a training takes its cells as texts.
        package let isText: Bool
        /// Cells without a value.
        package let missing: Int
    }

    package let rows: Int
    package let columns: [Column]
    /// The column that a training would predict when none is named.
    package let target: String
    /// How many classes that has; nil where it holds numbers to predict, or too many classes.
    package let classes: Int?
    /// Whether it holds numbers to predict.
    package let isRegression: Bool
    /// The first rows, cell by cell.
    package let sample: [[String]]

    private static let sampleRows = 5

    /// - Throws: ``CSVError`` where `csv` is no table.
    package init(of csv: Span<UInt8>) throws(CSVError) {
        let layout = try CSVLayout(csv)
        let target = layout.guessedTarget
        var uses = [ColumnUse](repeating: .counted, count: layout.names.count)
        uses[target] = .target
        let read = try CSVReader(layout: layout, uses: uses, threads: 1).read(csv)
        let labels = read.labels(target, csv, limit: Task.maxClasses + 1)
        rows = read.rows
        columns = layout.names.indices.map { column in
            Column(
                name: layout.names[column],
                isText: read.holdsTexts(column),
                missing: read.missing(column)
            )
        }
        self.target = layout.names[target]
        isRegression = TargetColumn.isRegression(read, labels, target)
        classes = isRegression || labels.isIncomplete ? nil : labels.texts.count
        sample = layout.sample.prefix(Self.sampleRows).map { row in
            row.map { $0.text(in: csv, layout.dialect) }
        }
    }
}
