/// The share of rows whose class has the most votes of the trees that never saw them.
struct OutOfBagAccuracy: OutOfBagScore {
    private let rows: OutOfBagRows
    private let labels: [UInt16]
    private let classes: Int
    private var sums: Slab<UInt32>?

    /// `labels` are those of all rows of the dataset.
    init(_ rows: OutOfBagRows, labels: [UInt16], classes: Int) {
        (self.rows, self.labels, self.classes) = (rows, labels, classes)
    }

    static func measure(_ score: Double) -> TrainingProgress.Measure { .outOfBagAccuracy(score) }

    mutating func add(_ trees: [GrownTree<Vote>]) -> Double? {
        let (rows, classes) = (rows, classes)
        let sums = TreeSums.votes(
            of: trees.map(\.tree),
            rows.columns,
            classes: classes,
            threads: rows.threads,
            onto: sums
        ) { rows.isNew($1, to: trees[$0]) }
        self.sums = sums
        let votes = sums.array
        let winners = Predictions.winners(count: rows.rows.count, classes: classes) { votes[$0] }
        let judged = winners.indices.filter { votes[$0 * classes + Int(winners[$0])] > 0 }
        let right = judged.count { winners[$0] == labels[rows.rows[$0]] }
        return judged.isEmpty ? nil : Double(right) / Double(judged.count)
    }
}
