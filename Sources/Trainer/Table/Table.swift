/// A file that was read to be learnt from, and what there is to say about it.
package struct Table: Sendable {
    let data: Dataset
    /// What all columns of the file are called, in its order.
    let columns: [String]
    /// What was found out or decided about the file: target, task, separator, columns and rows that were left out.
    package let decisions: [String]
    /// What a person should know before trusting any figure.
    package let warnings: [String]

    /// Reads the table in `csv`, which is UTF-8.
    ///
    /// - Throws: ``TrainingError`` for the first row or cell that cannot be learnt from.
    init(
        _ csv: Span<UInt8>,
        _ options: TableOptions = TableOptions(),
        threads: Int,
        _ watch: ReadingWatch = ReadingWatch()
    ) throws(TrainingError) {
        let source = try TableSource(csv, options, threads: threads, watch)
        var columns = source.columns
        self.columns = columns.layout.names
        let target = try TargetColumn(source, &columns, csv, options)
        let features = try FeatureColumns(source, columns, csv, threads: threads)
        guard !features.kept.isEmpty else { throw .noFeatures(target: target.name) }
        data = Dataset(target: target.name, features: features.kept, task: target.task, rows: columns.rows)
        decisions = source.decisions + target.decisions + features.decisions
        warnings = target.warnings + features.warnings
    }
}
