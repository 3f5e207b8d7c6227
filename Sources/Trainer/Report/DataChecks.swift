/// What makes the figures of a model better than the model: rows that come twice, columns that name rows, columns that
/// give the target away; and data that are too few.
struct DataChecks {
    private let data: Dataset
    private let hashes: [UInt64]
    private let duplicates: Int
    private(set) var warnings: [String] = []

    /// Below this many rows, chance alone looks like a leak.
    private static let minRows = 20

    init(_ data: Dataset, threads: Int) {
        self.data = data
        hashes = RowHashes(data, threads: threads).values
        let sorted = hashes.sorted()
        duplicates = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
        checkSize()
        if duplicates > 0 { warnings.append("\(duplicates) rows are repeated exactly by others") }
        guard data.rows >= Self.minRows else { return }
        let found = Parallel.map(data.features.count, threads: threads, scratch: {}) { _, index in
            let feature = data.features[index]
            return (isIdentifier: Self.isIdentifier(feature), isLeak: Self.tellsAll(feature, data.task))
        }
        for (feature, found) in zip(data.features, found ?? []) {
            if found.isIdentifier {
                warnings.append(
                    "column \"\(feature.name)\" counts the rows: leave it out if it is an identifier"
                )
            }
            if found.isLeak {
                warnings.append(
                    "column \"\(feature.name)\" alone tells the target: leave it out if it is known only afterwards"
                )
            }
        }
    }

    /// What is wrong with a split of the data: test rows that are the same as rows that were learnt from.
    func warnings(of split: Split) -> [String] {
        guard duplicates > 0 else { return [] }
        let seen = Set(split.train.map { hashes[$0] })
        let count = split.test.count { seen.contains(hashes[$0]) }
        return count == 0 ? [] : ["\(count) test rows are the same as rows that were learnt from"]
    }

    private mutating func checkSize() {
        let classes = data.classes.count
        if data.rows < 10 * max(1, classes) {
            warnings.append("\(data.rows) rows are few: trust no figure far")
        }
        if data.rows < data.features.count {
            warnings.append("there are fewer rows (\(data.rows)) than features (\(data.features.count))")
        }
    }

    /// Whether whole numbers only rise, or only fall, from row to row.
    static func isIdentifier(_ feature: Feature) -> Bool {
        let values = feature.values
        guard feature.kind == .numeric, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
        let pairs = zip(values, values.dropFirst())
        return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
    }

    /// Whether each class has an interval of the feature's values to itself, or the target is a linear function of them.
    static func tellsAll(_ feature: Feature, _ task: Task) -> Bool {
        switch task {
        case .classification(let classes, let labels):
            return separates(feature.values, labels, classes: classes.count)
        case .regression(let values):
            return correlation(feature.values, values) > 1 - 1e-9
        }
    }

    private static func separates(_ values: [Float], _ labels: [UInt16], classes: Int) -> Bool {
        var intervals = [(low: Float, high: Float)](repeating: (.infinity, -.infinity), count: classes)
        guard mostArePresent(values) else { return false }
        for (value, label) in zip(values, labels) where !value.isNaN {
            let interval = intervals[Int(label)]
            intervals[Int(label)] = (min(interval.low, value), max(interval.high, value))
        }
        let sorted = intervals.filter { $0.low <= $0.high }.sorted { $0.low < $1.low }
        guard sorted.count == Set(labels).count else { return false }
        return zip(sorted, sorted.dropFirst()).allSatisfy { $0.high < $1.low }
    }

    private static func mostArePresent(_ values: [Float]) -> Bool {
        2 * values.count { !$0.isNaN } >= values.count
    }

    /// The square of Pearson's coefficient where there are values, 0 where most are missing.
    private static func correlation(_ one: [Float], _ other: [Double]) -> Double {
        guard mostArePresent(one) else { return 0 }
        let pairs = zip(one, other).filter { !$0.0.isNaN }
        let count = Double(pairs.count)
        let meanX = pairs.reduce(0.0) { $0 + Double($1.0) } / count
        let meanY = pairs.reduce(0.0) { $0 + $1.1 } / count
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (x, y) in pairs {
            let (dx, dy) = (Double(x) - meanX, y - meanY)
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy)
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0
    }
}
