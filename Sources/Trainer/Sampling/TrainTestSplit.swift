import Tables

/// The rows for training and the rows held out for testing.
struct TrainTestSplit: Equatable, Sendable {
    /// Indices of rows, ascending.
    let train: [Int]
    /// Indices of rows, ascending.
    let test: [Int]

    /// Holds out `ceil(share * rows)` rows, drawn with `seed`; a share of 0 holds out none.
    ///
    /// In a classification, the test rows are divided among the classes by the largest remainder method. Each class
    /// keeps at least one training row, so that fewer rows may be held out.
    ///
    /// - Throws: ``TrainingError/tooFewRows(rows:)`` if no row is left for testing.
    init(_ data: Dataset, share: Double, seed: UInt64) throws(TrainingError) {
        guard share > 0 else {
            (train, test) = (Array(0..<data.rows), [])
            return
        }
        let groups = RowGroups(data)
        let total = min(Int((share * Double(data.rows)).rounded(.up)), data.rows - 1)
        let quotas = Self.quotas(groups.rows.map(\.count), total: total)
        var held = [Bool](repeating: false, count: data.rows)
        for (index, rows) in groups.shuffled(seed: seed).enumerated() {
            for row in rows.prefix(quotas[index]) { held[row] = true }
        }
        train = held.indices.filter { !held[$0] }
        test = held.indices.filter { held[$0] }
        guard !test.isEmpty else { throw .tooFewRows(rows: data.rows) }
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
