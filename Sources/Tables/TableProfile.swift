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

    /// Reads all of `csv`, whose columns may need `memoryLimit` bytes.
    ///
    /// - Throws: ``CSVError`` if `csv` is not a table, ``CSVError/cancelled`` if `observer` cancels the reading.
    package init(
        of csv: Span<UInt8>,
        memoryLimit: Int = .max,
        threads: Int,
        _ observer: ReadingObserver = ReadingObserver()
    ) throws(CSVError) {
        var options = TableOptions()
        options.memoryLimit = memoryLimit
        do throws(TableError) {
            self.init(try TrainingTable(csv, options, threads: threads, observer))
        } catch {
            switch error {
            case .cancelled: throw .cancelled
            // Such a table can be looked at, but not trained on.
            case .csv(.tooLarge): break
            case .csv(let error): throw error
            default: break
            }
            try self.init(of: csv, threads: threads, observer, obstacle: error)
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
        warnings = table.warnings.filter { !table.leftOutWarnings.contains($0) }
        obstacle = nil
    }

    /// A table that cannot be trained on: its names, its rows and its first cells.
    private init(
        of csv: Span<UInt8>,
        threads: Int,
        _ observer: ReadingObserver,
        obstacle: TableError
    ) throws(CSVError) {
        let text = try SourceText.decoded(csv, threads: threads, isCancelled: observer.isCancelled)
        guard let text else {
            try self.init(utf8: csv, threads: threads, observer, obstacle)
            return
        }
        let silent = ReadingObserver(isCancelled: observer.isCancelled, onRows: observer.onRows)
        try self.init(utf8: text.utf8.span, threads: threads, silent, obstacle)
    }

    private init(
        utf8 csv: Span<UInt8>,
        threads: Int,
        _ observer: ReadingObserver,
        _ obstacle: TableError
    ) throws(CSVError) {
        let layout = try CSVLayout(csv)
        let plans = layout.names.map { _ in ColumnPlan(kind: .ignored) }
        rows = try CSVReader(layout: layout, plans: plans, threads: threads).read(csv, observer).rows
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

    /// The first rows as they are written: `texts[row][column]`; a row may lack cells.
    func sampleTexts(_ csv: Span<UInt8>) -> [[String]] {
        sample.prefix(Self.shownRows).map { row in
            row.prefix(names.count).map { $0.text(in: csv, dialect) }
        }
    }
}

extension TableError {
    /// The target that the error names; nil if it names none.
    fileprivate var target: String? {
        switch self {
        case .noFeatures(let target, _), .oneClass(let target, _), .noTarget(let target),
            .tooManyClasses(let target, _), .uniqueTarget(let target, _), .dateTarget(let target),
            .hugeTarget(let target, _), .unclearNumbers(let target, _, _):
            target
        case .unclearInput, .csv, .notANumber, .notAWeight, .cancelled: nil
        }
    }
}
