import Tables

/// Which rows are learnt from and which are held back.
struct Split: Equatable, Sendable {
    /// Ascending.
    let train: [Int]
    /// Ascending.
    let test: [Int]

    /// Holds back `ceil(share * rows)` rows, drawn from `seed`; a share of 0 holds back none.
    ///
    /// In a classification they are shared among classes by largest remainder, and every class keeps a row to learn
    /// from.
    ///
    /// - Throws: ``TrainingError/tooFewRows(rows:)`` where no row is left to test with, or to learn from.
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

    /// How many rows of each group are held back; ties go to the lower group.
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
