import Tables
import Threads

/// Checks the data for problems that make scores imprecise or too high: few rows, duplicate rows, identifiers, target
/// leakage.
struct DataChecks {
    private let data: Dataset
    private let hashes: [UInt64]
    private let duplicates: Int
    /// Whether a feature has so many values that equal rows are no matter of chance.
    private let hasManyValues: Bool
    /// For each feature that is a part of a date, the column of the date.
    private let dates: [String: TableReading.Column]
    /// The end of a warning about duplicates: the setting by which equal rows are either training or test rows.
    private let keepingTogether: String
    private(set) var warnings: [String] = []

    /// With fewer rows than this, columns are not checked: a column could look like a leak by chance.
    private static let minRows = 20
    /// The number of rows in which the values of a column are counted.
    private static let countedRows = 10_000

    /// A column with fewer values has no groups that are small enough to hold out.
    ///
    /// If no column has more, many rows are equal by chance.
    private static let minGroups = 20

    init(_ data: Dataset, _ reading: TableReading? = nil, threads: Int) {
        self.data = data
        dates = Self.dates(reading)
        hashes = RowHashes(data, threads: threads).values
        let sorted = hashes.sorted()
        duplicates = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
        hasManyValues = data.features.contains { Self.hasManyValues($0.values) }
        keepingTogether =
            duplicates > 0 && hasManyValues ? Self.keepingTogether(data, dates) : ""
        checkSize()
        if duplicates > 0, hasManyValues {
            let rows = duplicates == 1 ? "1 row duplicates another" : "\(duplicates) rows duplicate others"
            warnings.append("\(rows) in all features and the target" + keepingTogether)
        }
        guard data.rows >= Self.minRows else { return }
        let found = Parallel.map(data.features.count, threads: threads, scratch: {}) { _, index in
            let feature = data.features[index]
            return (
                isIdentifier: Self.isIdentifier(feature), isLeak: LeakDetector(feature, data.target).findsLeak
            )
        }
        for (feature, found) in zip(data.features, found ?? []) {
            if found.isIdentifier { warnings += warningsAboutOrder(feature) }
            if found.isLeak { warnings += warningsAboutLeak(feature) }
        }
    }

    private static func dates(_ reading: TableReading?) -> [String: TableReading.Column] {
        var dates: [String: TableReading.Column] = [:]
        for column in reading?.columns ?? [] {
            for part in column.parts ?? [] { dates[part.feature] = column }
        }
        return dates
    }

    private func warningsAboutOrder(_ feature: Feature) -> [String] {
        // The reader itself says that rows are in order of a date.
        guard dates[feature.name] == nil else { return [] }
        return [
            "column \(feature.name.quotedName) only rises or only falls from row to row: "
                + "if it is an identifier, say ignore=\(SettingWord(feature.name))"
        ]
    }

    private func warningsAboutLeak(_ feature: Feature) -> [String] {
        let name = dates[feature.name]?.name ?? feature.name
        return [
            "column \(feature.name.quotedName) alone determines the target: "
                + "if it is known only after the target, say ignore=\(SettingWord(name))"
        ]
    }

    private static func hasManyValues(_ values: [Float]) -> Bool {
        var distinct: Set<Float> = []
        return values.contains { value in
            if !value.isNaN { distinct.insert(value) }
            return distinct.count >= minGroups
        }
    }

    /// The setting that keeps equal rows together; empty if there is none.
    ///
    /// Equal rows are equal in every column, so they are in one group of any column. The groups of the column with the
    /// most values are the smallest.
    private static func keepingTogether(
        _ data: Dataset,
        _ dates: [String: TableReading.Column]
    ) -> String {
        let columns = data.features.filter { dates[$0.name] == nil && !$0.values.contains(where: \.isNaN) }
        let rows = RowSample.rows(countedRows, of: data.rows)
        let counts = columns.map { column in Set(rows.lazy.map { column.values[$0] }).count }
        guard let most = counts.max(), most >= minGroups, let best = counts.firstIndex(of: most) else {
            return ""
        }
        return "; holdout=group:\(SettingWord(columns[best].name)) keeps equal rows together"
    }

    /// Warnings about a split: test rows that duplicate training rows.
    func warnings(of split: TrainTestSplit) -> [String] {
        guard duplicates > 0, hasManyValues else { return [] }
        let trained = Set(split.train.map { hashes[$0] })
        let count = split.test.count { trained.contains(hashes[$0]) }
        let rows =
            count == 1 ? "1 test row duplicates a training row" : "\(count) test rows duplicate training rows"
        return count == 0 ? [] : ["\(rows): the scores may be higher than on new data" + keepingTogether]
    }

    private mutating func checkSize() {
        let classes = data.classes.count
        if data.rows < 10 * max(1, classes) {
            warnings.append("only \(data.rows) rows: the scores are imprecise; folds=5 tests all rows")
        }
        if data.rows < data.features.count {
            warnings.append(
                "there are fewer rows (\(data.rows)) than features (\(data.features.count)); "
                    + "leave out what cannot matter with ignore=NAME,NAME"
            )
        }
    }

    /// Whether a numeric feature has only integers that strictly rise, or strictly fall, from row to row.
    static func isIdentifier(_ feature: Feature) -> Bool {
        let values = feature.values
        guard feature.kind == .numeric, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
        let pairs = zip(values, values.dropFirst())
        return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
    }
}
