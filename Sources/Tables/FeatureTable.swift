/// A file read as a model's input: the columns of the model's features, in the model's order.
package struct FeatureTable: Sendable {
    /// `columns[feature][row]`; NaN if the value is missing, or is a category that the model does not know.
    package let columns: [[Float]]
    package let rows: Int
    /// Columns of the file that are not features of the model.
    package let ignored: [String]
    /// Columns with categories that the model does not know, and these categories.
    package let unseen: [(column: String, labels: [String])]

    /// Finds `features` among the columns of `csv` by their names.
    ///
    /// A file without a header is read by position. Its columns must be the features, or the columns `names` of the
    /// training table. `labels` are the categories of a categorical feature.
    ///
    /// - Throws: ``TableError`` if `csv` is not a table, if the column of a feature is missing, or if a cell of a
    ///   numeric feature is not a number that fits in a float.
    package init(
        _ csv: Span<UInt8>,
        features: [(name: String, labels: [String]?)],
        of names: [String]? = nil,
        options: CSVOptions = CSVOptions(),
        threads: Int
    ) throws(TableError) {
        let layout: CSVLayout
        let table: CSVColumns
        let positions: [Int]
        do throws(CSVError) {
            layout = try CSVLayout(csv, options)
            positions = try Self.positions(of: features.map(\.name), among: names, in: layout)
            var uses = [ColumnUse](repeating: .ignored, count: layout.names.count)
            for (position, feature) in zip(positions, features) {
                uses[position] = feature.labels == nil ? .number : .text
            }
            table = try CSVReader(layout: layout, uses: uses, threads: threads).read(csv)
        } catch {
            throw TableError(error)
        }
        var columns: [[Float]] = []
        var unseen: [(column: String, labels: [String])] = []
        for (position, feature) in zip(positions, features) {
            guard let labels = feature.labels else {
                try table.requireNumbers(position, csv)
                columns.append(table.floats(position))
                continue
            }
            let texts = try table.distinctLabels(position, csv, limit: .max)
            let known = ExactText.positions(labels)
            columns.append(table.floats(position, as: texts, among: known))
            let others = texts.texts.filter { known[ExactText($0)] == nil }
            if !others.isEmpty { unseen.append((feature.name, others)) }
        }
        self.columns = columns
        self.unseen = unseen
        rows = table.rows
        let used = Set(positions)
        ignored = layout.names.indices.filter { !used.contains($0) }.map { layout.names[$0] }
    }

    private static func positions(
        of names: [String],
        among all: [String]?,
        in layout: CSVLayout
    ) throws(CSVError) -> [Int] {
        var found = layout.names
        if layout.header == .none {
            if found.count == names.count { return Array(names.indices) }
            guard let all, all.count == found.count else {
                throw .wrongWidth(found.count, features: names.count, all: all?.count)
            }
            found = all
        }
        let missing = names.filter { !found.contains($0) }
        guard missing.isEmpty else { throw .noColumns(missing, found: found) }
        return names.compactMap(found.firstIndex)
    }
}
