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
        try self.init(
            csv,
            features: model.inputs.map { Source(feature: $0.name, labels: $0.labels) },
            of: model.columns,
            reading: model.reading,
            options: options,
            threads: threads
        )
    }
}
