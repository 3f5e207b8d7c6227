import Tables

/// Detects target leakage: one feature alone determines the target, often because the feature is known only after the
/// target.
struct LeakDetector {
    private let values: [Float]
    private let target: Target
    private let isCategory: Bool

    /// The least average number of rows per distinct value.
    ///
    /// `isFunction` is false for a feature with fewer, because the feature may be an identifier.
    private static let rowsPerValue = 5
    /// `isFunction` is false for a numeric feature with more distinct values than this.
    private static let maxCodes = 256
    /// The number of rows in a sample that is tested first; most features without leakage fail this test.
    private static let sampleSize = 1_000

    init(_ feature: Feature, _ target: Target) {
        (values, self.target, isCategory) = (feature.values, target, feature.kind != .numeric)
    }

    /// Whether the feature determines the target in all rows that have a value of the feature.
    var findsLeak: Bool {
        let sample = RowSample.rows(Self.sampleSize, of: values.count)
        guard determinesTarget(sample, rowsPerValue: 1) else { return false }
        return sample.count == values.count
            ? determinesTarget(sample, rowsPerValue: Self.rowsPerValue)
            : determinesTarget(Array(values.indices), rowsPerValue: Self.rowsPerValue)
    }

    /// Whether the feature determines the target in `rows`; false if more than half of the rows have no value.
    private func determinesTarget(_ rows: [Int], rowsPerValue: Int) -> Bool {
        let present = rows.filter { !values[$0].isNaN }
        guard 2 * present.count >= rows.count, !present.isEmpty else { return false }
        if isFunction(present, rowsPerValue: rowsPerValue) { return true }
        guard !isCategory else { return false }
        switch target {
        case .classification(let classes, let labels):
            return separates(present, labels, classes: classes.count)
        case .regression(let truth):
            return isMonotone(present, truth) || squaredCorrelation(present, truth) > 1 - 1e-9
        }
    }

    /// Whether rows with equal values have equal targets.
    ///
    /// False if there are too many distinct values, or if all rows have the same target.
    private func isFunction(_ rows: [Int], rowsPerValue: Int) -> Bool {
        let maxValues = min(rows.count / rowsPerValue, isCategory ? .max : Self.maxCodes)
        var targets: [Float: Double] = [:]
        for row in rows {
            let target = target(row)
            guard targets.updateValue(target, forKey: values[row]) ?? target == target,
                targets.count <= maxValues
            else { return false }
        }
        return Set(targets.values).count > 1
    }

    private func target(_ row: Int) -> Double {
        switch target {
        case .classification(_, let labels): Double(labels[row])
        case .regression(let truth): truth[row]
        }
    }

    /// Whether there are two or more classes, and the interval of values of each class overlaps no other.
    private func separates(_ rows: [Int], _ labels: [UInt16], classes: Int) -> Bool {
        var intervals = [(low: Float, high: Float)](repeating: (.infinity, -.infinity), count: classes)
        for row in rows {
            let (value, interval) = (values[row], intervals[Int(labels[row])])
            intervals[Int(labels[row])] = (min(interval.low, value), max(interval.high, value))
        }
        let sorted = intervals.filter { $0.low <= $0.high }.sorted { $0.low < $1.low }
        guard sorted.count > 1 else { return false }
        return zip(sorted, sorted.dropFirst()).allSatisfy { $0.high < $1.low }
    }

    /// Whether the target is a strictly monotone function of the value.
    private func isMonotone(_ rows: [Int], _ truth: [Double]) -> Bool {
        let sorted = rows.sorted { values[$0] < values[$1] }
        let pairs = zip(sorted, sorted.dropFirst())
        func agree(_ isInOrder: (Double, Double) -> Bool) -> Bool {
            pairs.allSatisfy { one, other in
                values[one] == values[other]
                    ? truth[one] == truth[other] : isInOrder(truth[one], truth[other])
            }
        }
        return agree(<) || agree(>)
    }

    /// The square of Pearson's correlation coefficient.
    private func squaredCorrelation(_ rows: [Int], _ truth: [Double]) -> Double {
        let count = Double(rows.count)
        let meanX = rows.reduce(0.0) { $0 + Double(values[$1]) } / count
        let meanY = rows.reduce(0.0) { $0 + truth[$1] } / count
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for row in rows {
            let (dx, dy) = (Double(values[row]) - meanX, truth[row] - meanY)
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy)
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0
    }
}
