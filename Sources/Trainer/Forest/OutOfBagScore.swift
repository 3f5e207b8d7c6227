/// How good a forest is on rows, each judged only by the trees that never saw it.
struct OutOfBagScore {
    /// In the dataset, of the rows that are looked at.
    private let rows: [Int]
    private let columns: [[Float]]
    private let threads: Int

    init(_ data: Dataset, rows: [Int], threads: Int) {
        let rows = OutOfBag.sample(of: rows.count).map { rows[$0] }
        self.rows = rows
        self.threads = threads
        columns = data.features.map { feature in rows.map { feature.values[$0] } }
    }

    /// The share of rows whose class has the most votes.
    func accuracy(of trees: [GrownTree<Vote>], labels: [UInt16], classes: Int) -> LearningCurve {
        var earlier: Slab<UInt32>?
        return LearningCurve(trees: trees.count) { new in
            let grown = trees[new].map(\.tree)
            let sums = TreeSums.votes(of: grown, columns, classes: classes, threads: threads, onto: earlier) {
                trees[new.lowerBound + $0].outOfBag.contains($1)
            }
            earlier = sums
            let votes = sums.array
            let winners = Predictions.winners(count: rows.count, classes: classes) { votes[$0] }
            let judged = rows.indices.filter { votes[$0 * classes + Int(winners[$0])] > 0 }
            let right = judged.count { winners[$0] == labels[rows[$0]] }
            return judged.isEmpty ? nil : Double(right) / Double(judged.count)
        }
    }

    /// R²: the share of the variance that the trees' mean explains.
    func determination(of trees: [GrownTree<Double>], truth: [Double]) -> LearningCurve {
        var earlier: Slab<SIMD2<Double>>?
        return LearningCurve(trees: trees.count) { new in
            let sums = unsafe TreeSums.over(
                trees[new].map(\.tree),
                columns,
                width: 1,
                zero: SIMD2<Double>.zero,
                threads: threads,
                onto: earlier
            ) { tree, row, leaf, sum in
                guard trees[new.lowerBound + tree].outOfBag.contains(row) else { return }
                unsafe sum[0] += SIMD2(leaf.pointee, 1)
            }
            earlier = sums
            return determination(sums.array, truth)
        }
    }

    /// `sums`: what trees said of each row, and how many.
    private func determination(_ sums: [SIMD2<Double>], _ truth: [Double]) -> Double? {
        let judged = rows.indices.filter { sums[$0].y > 0 }
        let mean = judged.reduce(0) { $0 + truth[rows[$1]] } / Double(judged.count)
        let (spread, error) = judged.reduce(into: (0.0, 0.0)) { result, index in
            let value = truth[rows[index]]
            let predicted = sums[index].x / sums[index].y
            result.0 += (value - mean) * (value - mean)
            result.1 += (value - predicted) * (value - predicted)
        }
        return spread > 0 ? 1 - error / spread : nil
    }
}
