/// A file read as a model's input: the columns of the model's features, in the model's order.
package struct FeatureTable: Sendable {
    /// `columns[feature][row]`; NaN if the value is missing, or is a category that the model does not know.
    package private(set) var columns: [[Float]] = []
    package let rows: Int
    /// Columns of the file that are not features of the model.
    package let ignored: [String]
    /// Columns with categories that the model does not know, and these categories.
    package private(set) var unseen: [(column: String, labels: [String])] = []
    /// What a person should know about how the file was read.
    package private(set) var notes: [String] = []

    /// What a model's feature is made from.
    package struct Source: Sendable {
        package let feature: String
        /// The sorted labels of a categorical feature; nil for a numeric one.
        package let labels: [String]?

        package init(feature: String, labels: [String]?) {
            (self.feature, self.labels) = (feature, labels)
        }
    }

    /// Finds `features` among the columns of `csv` by their names, and reads them as `reading` says.
    ///
    /// A file without a header is read by position. Its columns must be the features, or the columns `names` of the
    /// training table. A text that is not UTF-8 is converted first.
    ///
    /// - Throws: ``TableError`` if `csv` is not a table, if the column of a feature is missing, or if a cell of a
    ///   numeric feature is not a number.
    package init(
        _ csv: Span<UInt8>,
        features: [Source],
        of names: [String]? = nil,
        reading: TableReading? = nil,
        options: CSVOptions = CSVOptions(),
        threads: Int
    ) throws(TableError) {
        let text: SourceText?
        do throws(CSVError) {
            text = try SourceText.decoded(csv, threads: threads)
        } catch {
            throw TableError(error)
        }
        let model = ModelColumns(features, names: names, reading)
        guard let text else {
            try self.init(utf8: csv, model, options, threads: threads)
            return
        }
        try self.init(utf8: text.utf8.span, model, options, threads: threads)
        notes.insert(text.remark, at: 0)
    }

    private init(
        utf8 csv: Span<UInt8>,
        _ model: ModelColumns,
        _ options: CSVOptions,
        threads: Int
    ) throws(TableError) {
        let reader: TableReader
        let positions: [Int]
        let used: Set<Int>
        do throws(CSVError) {
            let layout = try CSVLayout(csv, options, known: model.columnNames)
            positions = try model.positions(in: layout)
            used = Set(positions)
            reader = try TableReader(
                csv,
                layout,
                model.options(options, layout, positions),
                target: nil,
                isUsed: { used.contains($0) },
                threads: threads,
                ReadingObserver(),
                preferring: model.plans(layout, positions)
            )
        } catch {
            throw TableError(error)
        }
        let table = reader.columns
        rows = table.rows
        ignored = table.layout.names.indices.filter { !used.contains($0) }.map { table.layout.names[$0] }
        for (position, source) in zip(positions, model.sources) {
            columns.append(try read(source, position, reader, csv))
        }
    }

    /// Reads the column at `position` as one feature.
    private mutating func read(
        _ source: ModelColumns.Source,
        _ position: Int,
        _ reader: TableReader,
        _ csv: Span<UInt8>
    ) throws(TableError) -> [Float] {
        let table = reader.columns
        if let labels = source.labels {
            let texts = table.labels(position, csv, limit: .max)
            let known = ExactText.positions(labels)
            let others = texts.texts.filter { known[ExactText($0)] == nil }
            if !others.isEmpty { unseen.append((source.feature, others)) }
            return table.floats(position, as: texts, among: known)
        }
        try source.requireValues(reader, position, csv)
        if let note = source.note(on: table.plan(position).kind), !notes.contains(note) { notes.append(note) }
        guard let part = source.part else { return table.floats(position) }
        return table.doubles(position).map { part.value(of: $0, origin: source.reading?.origin ?? 0) }
    }
}
