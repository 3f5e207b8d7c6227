package import Tables

extension Model {
    /// The predictions for the rows of a table, whose columns are found by name.
    ///
    /// - Throws: ``TableError`` for a missing column, and for a cell that cannot be read.
    package func predict(csv: Span<UInt8>, threads: Int) throws(TableError) -> Predictions {
        let table = try FeatureTable(csv, for: self, threads: threads)
        return predict(table.columns, threads: threads)
    }
}

extension FeatureTable {
    /// Reads the model's features from the table in `csv`.
    ///
    /// - Throws: ``TableError`` for a missing column, and for a cell that cannot be read.
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
