extension ForestLearner {
    /// Makes one forest of shards that were grown apart, whatever their order; together they must have every tree once.
    func join(_ shards: [ForestShard], _ data: Dataset, rows: [Int]) -> Fitted {
        var (votes, values): ([GrownTree<Vote>], [GrownTree<Double>]) = ([], [])
        var next = 0
        for shard in shards.sorted(by: { $0.trees.lowerBound < $1.trees.lowerBound }) {
            precondition(shard.trees.lowerBound == next, "every tree is in one shard")
            next = shard.trees.upperBound
            switch shard.grown {
            case .votes(let grown): votes += grown
            case .values(let grown): values += grown
            }
        }
        precondition(next == parameters.trees, "every tree is in one shard")
        switch data.task {
        case .classification(let classes, let labels):
            let score = OutOfBagScore(data, rows: rows, threads: threads)
            return Fitted(
                body: .votes(votes.map(\.tree)),
                importance: Self.importance(votes.map(\.importance), features: data.features.count),
                outOfBag: score.accuracy(of: votes, labels: labels, classes: classes.count)
            )
        case .regression(let truth):
            let score = OutOfBagScore(data, rows: rows, threads: threads)
            return Fitted(
                body: .values(values.map(\.tree)),
                importance: Self.importance(values.map(\.importance), features: data.features.count),
                outOfBag: score.determination(of: values, truth: truth)
            )
        }
    }

    /// Each tree's shares, averaged, and made to sum to 1 again (scikit-learn's definition).
    private static func importance(_ trees: [[Double]], features: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: features)
        for tree in trees {
            let total = tree.reduce(0, +)
            guard total > 0 else { continue }
            for index in sums.indices { sums[index] += tree[index] / total }
        }
        let total = sums.reduce(0, +)
        return total > 0 ? sums.map { $0 / total } : sums
    }
}
