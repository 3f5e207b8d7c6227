/// A file that a model is to say something of: the columns that the model takes, in its order.
package struct FeatureTable: Sendable {
    /// Feature after feature, row by row; NaN where a value is missing, or is a category that the model never saw.
    package let columns: [[Float]]
    package let rows: Int
    /// Columns of the file that the model does not take.
    package let ignored: [String]

    /// Finds features in `csv` by name; a table without a header and as wide as needed is taken in order.
    ///
    /// Each feature has the name of its column, and the labels of one that holds categories.
    ///
    /// - Throws: ``TrainingError`` for features that are not there, and cells that are no numbers.
    package init(
        _ csv: Span<UInt8>,
        features: [(name: String, labels: [String]?)],
        options: CSVOptions = CSVOptions(),
        threads: Int
    ) throws(TrainingError) {
        let layout: CSVLayout
        let table: CSVColumns
        let positions: [Int]
        do throws(CSVError) {
            layout = try CSVLayout(csv, options)
            positions = try Self.positions(of: features.map(\.name), in: layout)
            var uses = [ColumnUse](repeating: .ignored, count: layout.names.count)
            for (position, feature) in zip(positions, features) {
                uses[position] = feature.labels == nil ? .number : .text
            }
            table = try CSVReader(layout: layout, uses: uses, threads: threads).read(csv)
        } catch {
            throw .csv(error)
        }
        var columns: [[Float]] = []
        for (position, feature) in zip(positions, features) {
            guard let labels = feature.labels else {
                try table.requireNumbers(position, csv)
                columns.append(table.floats(position))
                continue
            }
            let texts = table.labels(position, csv, limit: .max)
            columns.append(table.floats(position, as: texts, among: labels))
        }
        self.columns = columns
        rows = table.rows
        let used = Set(positions)
        ignored = layout.names.indices.filter { !used.contains($0) }.map { layout.names[$0] }
    }

    private static func positions(of names: [String], in layout: CSVLayout) throws(CSVError) -> [Int] {
        if layout.header == .none, layout.names.count >= names.count,
            Set(names).isDisjoint(with: layout.names)
        {
            return Array(names.indices)
        }
        let missing = names.filter { !layout.names.contains($0) }
        guard missing.isEmpty else { throw .noColumns(missing, found: layout.names) }
        return names.compactMap(layout.names.firstIndex)
    }
}
