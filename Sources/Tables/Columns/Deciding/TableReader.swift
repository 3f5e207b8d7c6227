/// Reads a file into columns, and decides once for each column, from all of its cells, what it holds.
///
/// A first decision comes from the first rows. Where cells further down do not agree with it, the column is decided
/// again, with these cells, and read again.
struct TableReader {
    var columns: CSVColumns
    /// What a person should hear about the decision on a column.
    private(set) var decisions: [ColumnDecider.Decision]
    /// Some of the texts that are not in the notation of their column, by column.
    private(set) var oddExamples: [Int: [String]] = [:]
    private let decider: ColumnDecider
    var options: TableOptions { decider.options }
    private let threads: Int
    private let observer: ReadingObserver
    private var sampled: [ColumnTexts]

    private static let mostPasses = 3
    /// A column is decided again from at most this many distinct texts.
    private static let mostTexts = 2_000

    /// Reads the columns of `layout` that `isUsed`; the one at `target` also as a target.
    ///
    /// A column is read by its plan in `preferred` as long as its cells agree with it.
    init(
        _ csv: Span<UInt8>,
        _ layout: CSVLayout,
        _ options: TableOptions,
        target: Int?,
        isUsed: (Int) -> Bool,
        threads: Int,
        _ observer: ReadingObserver,
        preferring preferred: [Int: ColumnPlan] = [:],
        checksText: Bool = false
    ) throws(CSVError) {
        let missingWords = MissingWords(options.missingWords)
        let sampled = layout.names.indices.map { column in
            ColumnTexts(column, of: layout, csv, missingWords: missingWords)
        }
        let decider = ColumnDecider(
            options: options,
            hints: FileNumberHints(sampled, layout.dialect, options),
            preferred: preferred.mapValues(\.kind)
        )
        decisions = layout.names.indices.map { column in
            isUsed(column)
                ? decider.decide(
                    sampled[column],
                    column,
                    name: layout.names[column],
                    isTarget: column == target
                )
                : ColumnDecider.Decision(kind: .ignored)
        }
        let plans = decisions.enumerated().map { column, decision in
            let scaling = preferred[column]?.scaling ?? .none
            return ColumnPlan(kind: decision.kind, isTarget: column == target, scaling: scaling)
        }
        var reader = CSVReader(layout: layout, plans: plans, missingWords: missingWords, threads: threads)
        reader.checksText = checksText
        reader.memoryLimit = options.memoryLimit
        reader.chunkSize = options.chunkSize
        columns = CSVColumns(layout: layout, missingWords: missingWords, try reader.read(csv, observer))
        (self.sampled, self.decider) = (sampled, decider)
        (self.threads, self.observer) = (threads, observer)
        try decideAgain(csv)
        columns.missingTexts = Self.missingTexts(columns, csv, options.missingWords)
        for column in decisions.indices where columns.oddCells(column) > 0 {
            oddExamples[column] = Array(columns.oddTexts(column, csv).examples.prefix(3))
        }
    }

    /// Reads some columns again, with other plans.
    mutating func read(_ plans: [Int: ColumnPlan], _ csv: Span<UInt8>) throws(CSVError) {
        guard !plans.isEmpty else { return }
        let all = columns.layout.names.indices.map { plans[$0] ?? ColumnPlan(kind: .ignored) }
        var reader = CSVReader(
            layout: columns.layout,
            plans: all,
            missingWords: columns.missingWords,
            threads: threads
        )
        reader.chunkSize = decider.options.chunkSize
        columns.add(try reader.read(csv, observer))
    }

    /// Reads the column at `new` as the target, instead of the one at `old`.
    mutating func changeTarget(from old: Int, to new: Int, _ csv: Span<UInt8>) throws(CSVError) {
        var plans = [old: ColumnPlan(kind: decisions[old].kind), new: columns.plan(new)]
        plans[new]?.isTarget = true
        if decisions[new].countsSeconds {
            decisions[new] = decider.decide(
                sampled[new],
                new,
                name: columns.layout.names[new],
                isTarget: true
            )
            plans[new]?.kind = decisions[new].kind
        }
        try read(plans, csv)
    }
}

extension TableReader {
    /// Decides again about the columns in which some cells do not agree with the first decision.
    private mutating func decideAgain(_ csv: Span<UInt8>) throws(CSVError) {
        for _ in 1..<Self.mostPasses {
            var changed: [Int: ColumnPlan] = [:]
            for column in decisions.indices {
                guard !observer.isCancelled() else { throw .cancelled }
                var plan = columns.plan(column)
                guard let texts = textsToDecide(column, plan, csv) else { continue }
                let name = columns.layout.names[column]
                decisions[column] = decider.decide(texts, column, name: name, isTarget: plan.isTarget)
                sampled[column] = texts
                guard decisions[column].kind != plan.kind else { continue }
                plan.kind = decisions[column].kind
                changed[column] = plan
            }
            guard !changed.isEmpty else { return }
            try read(changed, csv)
        }
    }

    /// All texts that matter for a new decision; nil if the decision stands.
    private func textsToDecide(_ column: Int, _ plan: ColumnPlan, _ csv: Span<UInt8>) -> ColumnTexts? {
        switch plan.kind {
        case .ignored: return nil
        case .text:
            guard decider.options.types[columns.layout.names[column]] == nil else { return nil }
            let labels = columns.labels(column, csv, limit: 10 * Self.mostTexts)
            guard labels.entries.count > sampled[column].sampled.count else { return nil }
            return sampled[column].adding(pass(plan, column, labels, agreeing: 0, csv))
        case .number, .date:
            let odd = columns.oddCells(column)
            guard odd > 0 else { return nil }
            let agreeing = columns.rows - columns.missing(column) - odd
            return sampled[column].adding(
                pass(plan, column, columns.oddTexts(column, csv), agreeing: agreeing, csv)
            )
        }
    }

    private func pass(
        _ plan: ColumnPlan,
        _ column: Int,
        _ odd: ColumnLabels,
        agreeing: Int,
        _ csv: Span<UInt8>
    ) -> ColumnTexts.Pass {
        var largest = 0.0
        if case .number = plan.kind {
            let values = plan.isTarget ? columns.doubles(column) : columns.floats(column).map { Double($0) }
            largest = values.filter { !$0.isNaN }.max() ?? 0
        }
        let texts = ColumnTexts.entries(Self.spread(odd.entries), csv, columns.layout.dialect)
        return ColumnTexts.Pass(kind: plan.kind, agreeing: agreeing, largest: largest, odd: texts)
    }

    /// Entries from all parts of a column, at most ``mostTexts``.
    private static func spread(_ entries: [LabelTable.Entry]) -> [LabelTable.Entry] {
        let step = entries.count / mostTexts + 1
        return stride(from: 0, to: entries.count, by: step).map { entries[$0] }
    }

    /// The texts that count as missing in every column, in lower case: those that a person gave, and `NA` and the like
    /// where a column of numbers has them too, so that they are the file's mark for missing values.
    private static func missingTexts(_ columns: CSVColumns, _ csv: Span<UInt8>, _ given: [String]) -> Set<
        String
    > {
        let numeric = columns.layout.names.indices.filter { column in
            switch columns.plan(column).kind {
            case .number, .date: columns.rows > columns.missing(column)
            case .text, .ignored: false
            }
        }
        let words = numeric.flatMap { columns.words($0, csv) }
        return Set((words + given).map { $0.lowercased() })
    }
}

extension FileNumberHints {
    /// The hints of all columns of a sample, and of settings.
    init(_ columns: [ColumnTexts], _ dialect: CSVDialect, _ options: TableOptions) {
        self.init(separator: dialect.separator)
        for column in columns { merge(column.evidence.hints(separator: dialect.separator)) }
        // A setting outweighs any number of cells.
        let sure = 1 << 40
        switch options.thousands {
        case .comma: commaThousands += sure
        case .point: pointThousands += sure
        case .blank, .apostrophe, nil: break
        case .none?: plainThousands += sure
        }
        switch options.csv.hasDecimalComma {
        case true?: decimalCommas += sure
        case false?: decimalPoints += sure
        case nil: break
        }
    }
}
