import Tables

extension ForestLearner {
    /// Makes one forest of shards that were grown apart, whatever their order; together they must have every tree once.
    ///
    /// - Throws: ``TrainingError/foreignShards(_:)`` where they are not of this forest, or not all of it.
    func join(_ shards: [ForestShard], _ data: Dataset, rows: [Int]) throws(TrainingError) -> Fitted {
        var (votes, values): ([GrownTree<Vote>], [GrownTree<Double>]) = ([], [])
        for shard in try ordered(shards, rows: rows.count) {
            switch shard.grown {
            case .votes(let grown): votes += grown
            case .values(let grown): values += grown
            }
        }
        switch data.target {
        case .classification(let classes, let labels):
            let seen = OutOfBagRows(data, rows: rows, threads: threads)
            let score = OutOfBagAccuracy(seen, labels: labels, classes: classes.count)
            return Fitted(
                body: .votes(votes.map(\.tree)),
                importance: Self.importance(votes.map(\.importance), features: data.features.count),
                outOfBag: score.curve(of: votes)
            )
        case .regression(let truth):
            let score = OutOfBagDetermination(
                OutOfBagRows(data, rows: rows, threads: threads),
                truth: truth
            )
            return Fitted(
                body: .values(values.map(\.tree)),
                importance: Self.importance(values.map(\.importance), features: data.features.count),
                outOfBag: score.curve(of: values)
            )
        }
    }

    /// By their trees' numbers, which must be all there are.
    private func ordered(_ shards: [ForestShard], rows: Int) throws(TrainingError) -> [ForestShard] {
        var next = 0
        let shards = shards.sorted { $0.trees.lowerBound < $1.trees.lowerBound }
        for shard in shards {
            guard (shard.parameters, shard.seed, shard.rows) == (parameters, seed, rows) else {
                throw .foreignShards("trees \(shard.trees) grew from other data, parameters or another seed")
            }
            guard shard.trees.lowerBound == next else {
                throw .foreignShards("\(shard.trees) follow on tree \(next - 1)")
            }
            next = shard.trees.upperBound
        }
        guard next == parameters.trees else {
            throw .foreignShards("they have \(next) trees of \(parameters.trees)")
        }
        return shards
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
