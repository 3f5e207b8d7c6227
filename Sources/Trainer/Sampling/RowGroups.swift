import Tables

/// The rows of each class, so that every split and every fold has the classes in about the same proportions.
///
/// In a regression, all rows are one group.
struct RowGroups {
    let rows: [[Int]]

    init(_ data: Dataset) {
        guard case .classification(let classes, let labels) = data.target else {
            rows = [Array(0..<data.rows)]
            return
        }
        var groups = [[Int]](repeating: [], count: classes.count)
        for (row, label) in labels.enumerated() { groups[Int(label)].append(row) }
        rows = groups
    }

    /// The groups, each of them shuffled (Fisher and Yates) with a random stream that depends on `seed`.
    func shuffled(seed: UInt64) -> [[Int]] {
        rows.enumerated().map { index, rows in
            var generator = SplitMix64(seed, 0x5711, UInt64(index))
            var rows = rows
            for position in rows.indices {
                rows.swapAt(position, position + generator.below(rows.count - position))
            }
            return rows
        }
    }
}
