import Tables

/// The rows for training and the rows held out for testing.
struct TrainTestSplit: Equatable, Sendable {
    /// Indices of rows, ascending.
    let train: [Int]
    /// Indices of rows, ascending.
    let test: [Int]

    /// Holds out `ceil(share * rows)` rows; a share of 0 holds out none.
    ///
    /// Without `order` and `groups`, the rows are drawn with `seed`. In a classification, the test rows are divided among
    /// the classes by the largest remainder method. Each class keeps at least one training row, so that fewer rows may be
    /// held out.
    ///
    /// `order` is the time of each row: the last rows are held out. Rows of one time stay on one side, so that a few more
    /// or fewer rows may be held out. Rows whose time is NaN are training rows.
    ///
    /// `groups` is the group of each row: whole groups are drawn with `seed` until about the share is held out; see
    /// ``WholeGroups``.
    ///
    /// - Throws: ``TrainingError/tooFewRows(rows:)`` if no row is left for testing, ``TrainingError/oneTime``,
    ///   ``TrainingError/lateClasses(_:)`` or ``TrainingError/noGroupToHoldOut(groups:)``.
    init(
        _ data: Dataset,
        share: Double,
        seed: UInt64,
        order: [Double]? = nil,
        groups: [Int]? = nil
    ) throws(TrainingError) {
        guard share > 0 else {
            (train, test) = (Array(0..<data.rows), [])
            return
        }
        let total = min(Int((share * Double(data.rows)).rounded(.up)), data.rows - 1)
        let rows =
            if let order {
                try Self.latest(total, of: data, by: order)
            } else if let groups {
                try Self.wholeGroups(total, of: data, groups, seed: seed)
            } else {
                Self.stratified(total, of: data, seed: seed)
            }
        guard !rows.isEmpty else { throw .tooFewRows(rows: data.rows) }
        var held = [Bool](repeating: false, count: data.rows)
        for row in rows { held[row] = true }
        train = held.indices.filter { !held[$0] }
        test = held.indices.filter { held[$0] }
    }

    /// Splits as `holdout` says.
    ///
    /// - Throws: also ``TrainingError/noTimes`` or ``TrainingError/noGroups(column:)`` if the data have no such column.
    init(_ data: Dataset, share: Double, seed: UInt64, holdout: Holdout) throws(TrainingError) {
        switch holdout {
        case .random: try self.init(data, share: share, seed: seed)
        case .time:
            guard let times = data.time else { throw .noTimes }
            try self.init(data, share: share, seed: seed, order: times)
        case .group(let column):
            guard let groups = data.group else { throw .noGroups(column: column) }
            try self.init(data, share: share, seed: seed, groups: groups.map(Int.init))
        }
    }

    private static func stratified(_ total: Int, of data: Dataset, seed: UInt64) -> [Int] {
        let groups = RowGroups(data)
        let quotas = quotas(groups.rows.map(\.count), total: total)
        return groups.shuffled(seed: seed).enumerated().flatMap { index, rows in rows.prefix(quotas[index]) }
    }

    private static func latest(
        _ total: Int,
        of data: Dataset,
        by times: [Double]
    ) throws(TrainingError) -> [Int] {
        guard data.rows > 1 else { return [] }
        let dated = times.indices.filter { !times[$0].isNaN }
            .sorted { times[$0] == times[$1] ? $0 < $1 : times[$0] > times[$1] }
        let cuts = (1...data.rows - 1).filter { cut in
            cut == dated.count || cut < dated.count && times[dated[cut - 1]] != times[dated[cut]]
        }
        guard let cut = cuts.min(by: { abs($0 - total) < abs($1 - total) }) else { throw .oneTime }
        let test = Array(dated[..<cut])
        let late = untrained(test, of: data)
        guard late.isEmpty else { throw .lateClasses(late) }
        return test
    }

    /// The classes of which all rows are in `test`.
    private static func untrained(_ test: [Int], of data: Dataset) -> [String] {
        let labels = data.labels
        guard !labels.isEmpty else { return [] }
        var counts = [Int](repeating: 0, count: data.classes.count)
        for label in labels { counts[Int(label)] += 1 }
        for row in test { counts[Int(labels[row])] -= 1 }
        let tested = Set(test.lazy.map { Int(labels[$0]) })
        return data.classes.indices.filter { counts[$0] == 0 && tested.contains($0) }.map { data.classes[$0] }
    }

    private static func wholeGroups(
        _ total: Int,
        of data: Dataset,
        _ numbers: [Int],
        seed: UInt64
    ) throws(TrainingError) -> [Int] {
        let groups = WholeGroups(numbers)
        let rows = groups.draw(total, of: data, seed: seed)
        guard !rows.isEmpty else { throw .noGroupToHoldOut(groups: groups.rows.count) }
        return rows
    }

    /// The number of rows to hold out of each group.
    ///
    /// Of groups with equal remainders, the one with the lower index is first.
    private static func quotas(_ counts: [Int], total: Int) -> [Int] {
        let rows = counts.reduce(0, +)
        var quotas = counts.map { min($0 * total / rows, $0 - 1) }
        let byRemainder = counts.indices.sorted {
            let (left, right) = (counts[$0] * total % rows, counts[$1] * total % rows)
            return left == right ? $0 < $1 : left > right
        }
        var missing = total - quotas.reduce(0, +)
        while missing > 0 {
            let open = byRemainder.filter { quotas[$0] < counts[$0] - 1 }.prefix(missing)
            guard !open.isEmpty else { break }
            for index in open { quotas[index] += 1 }
            missing -= open.count
        }
        return quotas
    }
}
