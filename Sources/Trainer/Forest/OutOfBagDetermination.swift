/// R², the share of the variance that the mean of the trees explains that never saw a row.
struct OutOfBagDetermination: OutOfBagScore {
    private let rows: OutOfBagRows
    private let truth: [Double]
    /// What trees said of each row, and how many.
    private var sums: Slab<SIMD2<Double>>?

    /// `truth` is that of all rows of the dataset.
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
            guard rows.isNew(row, to: trees[tree]) else { return }
            unsafe sum[0] += SIMD2(leaf.pointee, 1)
        }
        self.sums = sums
        return determination(sums.array)
    }

    private func determination(_ sums: [SIMD2<Double>]) -> Double? {
        let judged = sums.indices.filter { sums[$0].y > 0 }
        let mean = judged.reduce(0) { $0 + truth[rows.rows[$1]] } / Double(judged.count)
        let (spread, error) = judged.reduce(into: (0.0, 0.0)) { result, index in
            let value = truth[rows.rows[index]]
            let predicted = sums[index].x / sums[index].y
            result.0 += (value - mean) * (value - mean)
            result.1 += (value - predicted) * (value - predicted)
        }
        return spread > 0 ? 1 - error / spread : nil
    }
}
