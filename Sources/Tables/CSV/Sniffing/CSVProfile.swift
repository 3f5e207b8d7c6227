/// A summary of a CSV file: its columns, its size and the default target.
package struct CSVProfile: Equatable, Sendable {
    package struct Column: Equatable, Sendable {
        package let name: String
        /// Whether the trainer reads the column as text.
        package let isText: Bool
        /// The number of missing cells.
        package let missing: Int
    }

    package let rows: Int
    package let columns: [Column]
    /// The name of the column that the trainer predicts by default.
    package let target: String
    /// The number of the target's classes; nil for a regression, and for more classes than a model can have.
    package let classes: Int?
    /// Whether predicting the target is a regression.
    package let isRegression: Bool
    /// The first rows: `sample[row][column]`.
    package let sample: [[String]]

    private static let sampleRows = 5

    /// Reads all of `csv` on one thread.
    ///
    /// - Throws: ``CSVError`` if `csv` is not a table.
    package init(of csv: Span<UInt8>) throws(CSVError) {
        let layout = try CSVLayout(csv)
        let target = layout.guessedTarget
        var uses = [ColumnUse](repeating: .counted, count: layout.names.count)
        uses[target] = .target
        let read = try CSVReader(layout: layout, uses: uses, threads: 1).read(csv)
        let labels = read.labels(target, csv, limit: Target.maxClasses + 1)
        rows = read.rows
        columns = layout.names.indices.map { column in
            Column(
                name: layout.names[column],
                isText: read.isText(column),
                missing: read.missing(column)
            )
        }
        self.target = layout.names[target]
        isRegression = TargetColumn.isRegression(read, labels, target)
        let hasTooMany = labels.isIncomplete || labels.texts.count > Target.maxClasses
        classes = isRegression || hasTooMany ? nil : labels.texts.count
        sample = layout.sample.prefix(Self.sampleRows).map { row in
            row.map { $0.text(in: csv, layout.dialect) }
        }
    }
}
