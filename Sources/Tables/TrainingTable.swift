/// A file read as training data, with notes on how it was read.
package struct TrainingTable: Sendable {
    package let data: Dataset
    /// The names of all columns of the file, in their order.
    package let columns: [String]
    /// What the reader detected or decided: target, task, separator, columns and rows that were left out.
    package let decisions: [String]
    /// What a person should know before trusting the scores of a model.
    package let warnings: [String]

    /// Reads the table in `csv`, which must be UTF-8.
    ///
    /// - Throws: ``TableError`` if the table cannot be used, or ``TableError/cancelled`` if `observer` cancels the
    ///   reading. If rows or cells are at fault, the error names the first of them.
    package init(
        _ csv: Span<UInt8>,
        _ options: TableOptions = TableOptions(),
        threads: Int,
        _ observer: ReadingObserver = ReadingObserver()
    ) throws(TableError) {
        let source = try TableSource(csv, options, threads: threads, observer)
        var columns = source.columns
        self.columns = columns.layout.names
        let target = try TargetColumn(source, &columns, csv, options)
        let features = try FeatureColumns(source, columns, csv, threads: threads)
        guard !features.kept.isEmpty else { throw .noFeatures(target: target.name) }
        data = Dataset(
            targetName: target.name,
            features: features.kept,
            target: target.values,
            rows: columns.rows
        )
        decisions = source.decisions + target.decisions + features.decisions
        warnings = target.warnings + features.warnings
    }
}
