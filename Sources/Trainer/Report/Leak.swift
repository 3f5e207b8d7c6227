import Tables

/// Whether a feature alone gives the target away, as one does that is known only when the target is.
struct Leak {
    private let values: [Float]
    private let target: Target
    private let isCategory: Bool

    /// A value that comes less often than this, on the whole, names its rows rather than their target.
    private static let rowsPerValue = 5
    /// Numbers with more different values than this are no codes.
    private static let mostCodes = 256
    /// So many rows show of nearly every feature that it is none.
    private static let firstLook = 1_000

    init(_ feature: Feature, _ target: Target) {
        (values, self.target, isCategory) = (feature.values, target, feature.kind != .numeric)
    }

    var isOne: Bool {
        let first = RowSample.rows(Self.firstLook, of: values.count)
        guard isLeak(first, leastPerValue: 1) else { return false }
        return first.count == values.count
            ? isLeak(first, leastPerValue: Self.rowsPerValue)
            : isLeak(Array(values.indices), leastPerValue: Self.rowsPerValue)
    }

    /// Over those of `rows` that have a value, which most must have.
    private func isLeak(_ rows: [Int], leastPerValue: Int) -> Bool {
        let present = rows.filter { !values[$0].isNaN }
        guard 2 * present.count >= rows.count, !present.isEmpty else { return false }
        if isFunction(present, leastPerValue: leastPerValue) { return true }
        guard !isCategory else { return false }
        switch target {
        case .classification(let classes, let labels):
            return separates(present, labels, classes: classes.count)
        case .regression(let truth):
            return isMonotone(present, truth) || correlation(present, truth) > 1 - 1e-9
        }
    }

    /// Whether the target is the same wherever the value is.
    private func isFunction(_ rows: [Int], leastPerValue: Int) -> Bool {
        let most = min(rows.count / leastPerValue, isCategory ? .max : Self.mostCodes)
        var targets: [Float: Double] = [:]
        for row in rows {
            let target = target(row)
            guard targets.updateValue(target, forKey: values[row]) ?? target == target, targets.count <= most
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

    /// Whether each class has an interval of values to itself.
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

    /// Whether greater values always have greater targets, or always smaller ones.
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

    /// The square of Pearson's coefficient.
    private func correlation(_ rows: [Int], _ truth: [Double]) -> Double {
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
