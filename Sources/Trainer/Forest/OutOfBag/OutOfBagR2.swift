/// R² of the predictions for out-of-bag rows.
///
/// The prediction for a row is the mean of the predictions of those trees that were not grown on the row.
struct OutOfBagR2: OutOfBagScore {
    private let rows: OutOfBagRows
    private let truth: [Double]
    /// For each row, the sum of the predictions and the number of trees that predicted the row.
    ///
    /// Nil before the first trees are added.
    private var sums: Slab<SIMD2<Double>>?

    /// `truth` has the target of all rows of the dataset.
    init(_ rows: OutOfBagRows, truth: [Double]) {
        (self.rows, self.truth) = (rows, truth)
    }

    static func measure(_ score: Double) -> TrainingProgress.Measure { .outOfBagR2(score) }

    mutating func add(_ trees: [GrownTree<Double>]) -> Double? {
        let rows = rows
        let sums = unsafe TreeSums.over(
            trees.map(\.tree),
            rows.columns,
            width: 1,
            zero: SIMD2<Double>.zero,
            threads: rows.threads,
            onto: sums
        ) { tree, row, leaf, sum in
            guard rows.isOutOfBag(row, of: trees[tree]) else { return }
            unsafe sum[0] += SIMD2(leaf.pointee, 1)
        }
        self.sums = sums
        return r2(sums.array)
    }

    private func r2(_ sums: [SIMD2<Double>]) -> Double? {
        let tested = sums.indices.filter { sums[$0].y > 0 }
        let mean = tested.reduce(0) { $0 + truth[rows.rows[$1]] } / Double(tested.count)
        let (spread, error) = tested.reduce(into: (0.0, 0.0)) { result, index in
            let value = truth[rows.rows[index]]
            let predicted = sums[index].x / sums[index].y
            result.0 += (value - mean) * (value - mean)
            result.1 += (value - predicted) * (value - predicted)
        }
        return spread > 0 ? 1 - error / spread : nil
    }
}
