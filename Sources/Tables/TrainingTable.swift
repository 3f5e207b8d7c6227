/// A file read as training data, with notes on how it was read.
package struct TrainingTable: Sendable {
    package let data: Dataset
    /// The names of all columns of the file, in their order.
    package let columns: [String]
    /// How each column was read.
    package let reading: TableReading
    /// What the reader detected or decided: target, task, separator, columns and rows that were left out.
    package private(set) var decisions: [String]
    /// Those of ``decisions`` that are neither about a single column nor usual: how the file is written, rows that were
    /// left out, another choice for the target.
    package private(set) var remarks: [String]
    /// What a person should know before trusting the scores of a model.
    package private(set) var warnings: [String]
    /// Those of ``warnings`` that say that a column is left out, as ``reading`` does too.
    let leftOutWarnings: Set<String>
    /// The first rows as they are written: `sample[row][column]`.
    package let sample: [[String]]

    /// Reads the table in `csv`.
    ///
    /// A text that is not UTF-8 is converted first.
    ///
    /// - Throws: ``TableError`` if the table cannot be used, or ``TableError/cancelled`` if `observer` cancels the
    ///   reading. If rows or cells are at fault, the error names the first of them.
    package init(
        _ csv: Span<UInt8>,
        _ options: TableOptions = TableOptions(),
        threads: Int,
        _ observer: ReadingObserver = ReadingObserver()
    ) throws(TableError) {
        if try Self.beginsAsUTF8(csv) {
            do throws(TableError) {
                // The reader checks the text while it counts lines, so that the bytes are read once less.
                try self.init(utf8: csv, options, threads: threads, observer, checksText: true)
                return
            } catch {
                guard error == .csv(.notUTF8) else { throw error }
            }
        }
        let text: SourceText?
        do throws(CSVError) {
            text = try SourceText.decoded(csv, threads: threads, isCancelled: observer.isCancelled)
        } catch {
            throw TableError(error)
        }
        if let text {
            let silent = ReadingObserver(isCancelled: observer.isCancelled, onRows: observer.onRows)
            try self.init(utf8: text.utf8.span, options, threads: threads, silent)
            decisions.insert(text.remark, at: 0)
            remarks.insert(text.remark, at: 0)
            if let warning = text.warning { warnings.insert(warning, at: 0) }
        } else {
            try self.init(utf8: csv, options, threads: threads, observer)
        }
    }

    private static func beginsAsUTF8(_ csv: Span<UInt8>) throws(TableError) -> Bool {
        do throws(CSVError) {
            return try SourceText.beginsAsUTF8(csv)
        } catch {
            throw TableError(error)
        }
    }

    private init(
        utf8 csv: Span<UInt8>,
        _ options: TableOptions,
        threads: Int,
        _ observer: ReadingObserver,
        checksText: Bool = false
    ) throws(TableError) {
        let source = try TableSource(csv, options, threads: threads, observer, checksText: checksText)
        var columns = source.reader.columns
        let layout = columns.layout
        let target = try TargetColumn(source.reader, &columns, source.target.column, csv, options.task)
        let keys = try RowKeys(source.reader, columns, source.keys, csv, needsTime: options.needsTime)
        let scaled = try source.scaled(columns, csv)
        let features = try FeatureColumns(
            source.reader,
            scaled,
            csv,
            target: source.target.column,
            leftOut: source.leftOut,
            threads: threads,
            isCancelled: observer.isCancelled
        )
        guard !features.kept.isEmpty else {
            throw .noFeatures(target: target.name, leftOut: features.leftOut)
        }
        data = Dataset(
            targetName: target.name,
            features: features.kept,
            target: target.values,
            rows: scaled.rows,
            time: keys.time,
            group: keys.group,
            weights: keys.weights
        )
        self.columns = layout.names
        reading = TableReading(
            columns: source.reading(features.readings, target.reading),
            missing: columns.missingTexts.sorted(),
            thousands: options.thousands
        )
        let file = layout.remarks + columns.oddRows.remarks(columns: layout.names.count, csv)
        decisions = (file + [source.remark] + target.decisions + keys.decisions + features.decisions).map(
            \.asLine
        )
        let usual =
            [CSVLayout.plainHeader, TargetColumn.task(classes: data.classes.count)]
            + [target.reading.notation.map { TargetColumn.remark(on: $0, of: target.name) }].compactMap(
                \.self
            )
        remarks = (file + [source.offer].compactMap(\.self) + target.decisions)
            .filter { !usual.contains($0) }.map(\.asLine)
        warnings = (target.warnings + features.warnings).map(\.asLine)
        leftOutWarnings = Set(features.leftOutWarnings.map(\.asLine))
        sample = layout.sampleTexts(csv)
    }
}
