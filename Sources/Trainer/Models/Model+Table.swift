package import Tables

extension Model {
    /// What the model says of each row of a table, whose columns are found by name.
    ///
    /// - Throws: ``TableError`` for a column that is missing or a cell that cannot be read.
    package func predict(csv: Span<UInt8>, threads: Int) throws(TableError) -> Predictions {
        let table = try FeatureTable(csv, for: self, threads: threads)
        return predict(table.columns, threads: threads)
    }
}

extension FeatureTable {
    /// Finds the model's features in `csv`.
    package init(
        _ csv: Span<UInt8>,
        for model: Model,
        options: CSVOptions = CSVOptions(),
        threads: Int
    ) throws(TableError) {
        let features = model.inputs.map { ($0.name, $0.labels) }
        try self.init(csv, features: features, of: model.columns, options: options, threads: threads)
    }
}
