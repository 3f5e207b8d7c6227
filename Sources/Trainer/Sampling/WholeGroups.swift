import Tables

/// The groups of rows that a split or a fold must not cut, such as all rows of one patient.
struct WholeGroups {
    /// The rows of each group, ascending; the groups are in the order of their first rows.
    let rows: [[Int]]

    /// `numbers` has the group of each row; any numbers, equal in the rows of a group.
    init(_ numbers: [Int]) {
        var positions: [Int: Int] = [:]
        var groups: [[Int]] = []
        for (row, number) in numbers.enumerated() {
            let position = positions[number, default: groups.count]
            if position == groups.count {
                positions[number] = position
                groups.append([])
            }
            groups[position].append(row)
        }
        rows = groups
    }

    /// The groups in an order that is drawn with `seed` (Fisher and Yates).
    func shuffled(seed: UInt64) -> [[Int]] {
        var generator = SplitMix64(seed, 0x6209, UInt64(rows.count))
        var groups = rows
        for position in groups.indices {
            groups.swapAt(position, position + generator.below(groups.count - position))
        }
        return groups
    }

    /// The rows of groups that are drawn with `seed`: about `total` rows.
    ///
    /// A group is taken if that brings the number of rows nearer to `total`; if no group does, the smallest is taken. A
    /// group that has all rows of a class is never taken, because the class needs a training row.
    func draw(_ total: Int, of data: Dataset, seed: UInt64) -> [Int] {
        var rest = ClassCounts(data)
        var drawn: [Int] = []
        var open: [[Int]] = []
        for group in shuffled(seed: seed) {
            let isNearer = abs(drawn.count + group.count - total) < abs(drawn.count - total)
            if isNearer, rest.remove(group) { drawn += group } else { open.append(group) }
        }
        guard drawn.isEmpty, rows.count > 1 else { return drawn }
        // Stable: of groups with equally many rows, the one that was drawn first.
        let bySize = open.enumerated().sorted {
            ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
        }
        return bySize.first { rest.remove($0.element) }?.element ?? []
    }

    /// The fold of each row.
    ///
    /// The groups go to the folds by size, the largest first, each to the fold with the fewest rows. Groups with equally
    /// many rows are in an order that is drawn with `seed`.
    func folds(_ count: Int, seed: UInt64) -> [Int] {
        var folds = [Int](repeating: 0, count: rows.reduce(0) { $0 + $1.count })
        var sizes = [Int](repeating: 0, count: count)
        let bySize = shuffled(seed: seed).enumerated()
            .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
        for (_, group) in bySize {
            let fold = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
            sizes[fold] += group.count
            for row in group { folds[row] = fold }
        }
        return folds
    }
}

/// The number of training rows that each class has left.
private struct ClassCounts {
    private let labels: [UInt16]
    private var counts: [Int]
    private var rows: Int

    init(_ data: Dataset) {
        labels = data.labels
        counts = [Int](repeating: 0, count: data.classes.count)
        rows = data.rows
        for label in labels { counts[Int(label)] += 1 }
    }

    /// Removes the rows of a group; does nothing and returns false if a class, or the training, would have no row left.
    mutating func remove(_ group: [Int]) -> Bool {
        guard group.count < rows else { return false }
        // In place, because there may be as many groups as rows and a thousand classes.
        count(group, -1)
        guard labels.isEmpty || !group.contains(where: { counts[Int(labels[$0])] == 0 }) else {
            count(group, 1)
            return false
        }
        rows -= group.count
        return true
    }

    private mutating func count(_ group: [Int], _ step: Int) {
        guard !labels.isEmpty else { return }
        for row in group { counts[Int(labels[row])] += step }
    }
}
