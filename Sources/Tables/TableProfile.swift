/// What a training with default settings would do with a table.
package struct TableProfile: Equatable, Sendable {
    package let rows: Int
    /// How each column would be read, in the order of the file.
    package let columns: [TableReading.Column]
    /// The name of the column that would be predicted.
    package let target: String
    /// The number of the target's classes; nil for a regression.
    package let classes: Int?
    package let isRegression: Bool
    /// The first rows: `sample[row][column]`.
    package let sample: [[String]]
    /// What would be decided, as far as ``columns`` and the other properties do not say it.
    package let decisions: [String]
    /// What a person should know, without the warnings that columns are left out, which ``columns`` say.
    package let warnings: [String]
    /// Why a training must fail; nil if it need not.
    package let obstacle: TableError?

    /// Reads all of `csv`.
    ///
    /// - Throws: ``CSVError`` if `csv` is not a table.
    package init(of csv: Span<UInt8>, threads: Int) throws(CSVError) {
        do throws(TableError) {
            self.init(try TrainingTable(csv, threads: threads))
        } catch {
            if case .csv(let error) = error { throw error }
            if case .cancelled = error { throw .cancelled }
            try self.init(of: csv, threads: threads, obstacle: error)
        }
    }

    private init(_ table: TrainingTable) {
        rows = table.data.rows
        columns = table.reading.columns
        target = table.data.targetName
        let classes = table.data.classes
        isRegression = classes.isEmpty
        self.classes = classes.isEmpty ? nil : classes.count
        (sample, decisions) = (table.sample, table.remarks)
        let leftOut = table.reading.columns.compactMap { column in
            column.leftOut.map { ColumnFeatures.leftOut(column.name, $0) }
        }
        warnings = table.warnings.filter { warning in !leftOut.contains { warning.hasPrefix($0) } }
        obstacle = nil
    }

    /// A table that cannot be trained on: its names, its rows and its first cells.
    private init(of csv: Span<UInt8>, threads: Int, obstacle: TableError) throws(CSVError) {
        guard let text = try SourceText.decoded(csv, threads: threads) else {
            try self.init(utf8: csv, threads: threads, obstacle)
            return
        }
        try self.init(utf8: text.utf8.span, threads: threads, obstacle)
    }

    private init(utf8 csv: Span<UInt8>, threads: Int, _ obstacle: TableError) throws(CSVError) {
        let layout = try CSVLayout(csv)
        let plans = layout.names.map { _ in ColumnPlan(kind: .ignored) }
        rows = try CSVReader(layout: layout, plans: plans, threads: threads).read(csv).rows
        columns = layout.names.map { TableReading.Column(name: $0) }
        target = obstacle.target ?? layout.names[layout.names.count - 1]
        (classes, isRegression) = (nil, false)
        sample = layout.sampleTexts(csv)
        (decisions, warnings) = (layout.remarks, [])
        self.obstacle = obstacle
    }
}

extension CSVLayout {
    private static let shownRows = 5

    /// The first rows as they are written: `texts[row][column]`.
    func sampleTexts(_ csv: Span<UInt8>) -> [[String]] {
        sample.prefix(Self.shownRows).map { row in row.map { $0.text(in: csv, dialect) } }
    }
}

extension TableError {
    /// The target that the error names; nil if it names none.
    fileprivate var target: String? {
        switch self {
        case .noFeatures(let target, _), .oneClass(let target, _), .noTarget(let target),
            .tooManyClasses(let target, _), .uniqueTarget(let target, _), .dateTarget(let target),
            .unclearNumbers(let target, _, _):
            target
        case .csv, .notANumber, .numberTooLarge, .notAWeight, .cancelled: nil
        }
    }
}
