/// Which rows are learnt from and which are held back: every class in the same proportion in both.
struct StratifiedSplit: Equatable, Sendable {
    /// Ascending.
    let train: [Int]
    /// Ascending.
    let test: [Int]

    /// Holds back `ceil(share * rows)` rows, shared among classes by largest remainder; every class keeps a row to
    /// learn from.
    ///
    /// - Throws: ``TrainingError/tooFewRows(rows:)`` where no row is left to test with.
    init(labels: [UInt16], classes: Int, share: Double, seed: UInt64) throws(TrainingError) {
        var rowsOfClass = [[Int]](repeating: [], count: classes)
        for (row, label) in labels.enumerated() { rowsOfClass[Int(label)].append(row) }
        let total = min(Int((share * Double(labels.count)).rounded(.up)), labels.count - 1)
        let quotas = Self.quotas(rowsOfClass.map(\.count), total: total)
        var held = [Bool](repeating: false, count: labels.count)
        for (index, rows) in rowsOfClass.enumerated() {
            var generator = SplitMix64(seed, 0x5711, UInt64(index))
            var rows = rows
            for position in 0..<quotas[index] {
                rows.swapAt(position, position + generator.below(rows.count - position))
                held[rows[position]] = true
            }
        }
        train = labels.indices.filter { !held[$0] }
        test = labels.indices.filter { held[$0] }
        guard !test.isEmpty else { throw .tooFewRows(rows: labels.count) }
    }

    /// How many rows of each class are held back; ties go to the lower class.
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
