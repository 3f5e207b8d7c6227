extension Model {
    /// What the model says of each row of a table, whose columns are found by name.
    ///
    /// - Throws: ``TrainingError`` for a column that is missing or a cell that cannot be read.
    package func predict(csv: Span<UInt8>, threads: Int) throws(TrainingError) -> Predictions {
        let table = try FeatureTable(csv, features: inputs.map { ($0.name, $0.labels) }, threads: threads)
        return predict(table.columns, threads: threads)
    }
}
