/// The share of rows that are predicted correctly: a row is predicted by the votes of the trees for which it is out of
/// bag.
struct OutOfBagAccuracy: OutOfBagScore {
    private let rows: OutOfBagRows
    private let labels: [UInt16]
    private let classes: Int
    private var sums: Slab<UInt32>?

    /// `labels` are the classes of all rows of the dataset.
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
        ) { rows.isOutOfBag($1, of: trees[$0]) }
        self.sums = sums
        let votes = sums.array
        let predicted = Predictions.argmax(rows: rows.rows.count, classes: classes) { votes[$0] }
        let tested = predicted.indices.filter { votes[$0 * classes + Int(predicted[$0])] > 0 }
        let correct = tested.count { predicted[$0] == labels[rows.rows[$0]] }
        return tested.isEmpty ? nil : Double(correct) / Double(tested.count)
    }
}
