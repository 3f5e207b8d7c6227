package import Tables

extension FeatureTable {
    /// Reads the model's features from the table in `csv`.
    ///
    /// - Throws: ``TableError`` if `csv` is not a table, if the column of a feature is missing, or if a cell of a
    ///   numeric feature is not a number that fits in a float.
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
