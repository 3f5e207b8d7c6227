import Tables

extension ForestLearner {
    /// Joins shards into a forest.
    ///
    /// The shards may be in any order; together they must have each tree exactly once.
    ///
    /// - Throws: ``TrainingError/foreignShards(_:)`` if a shard belongs to another forest, or if trees are missing or
    ///   repeated.
    func join(_ shards: [ForestShard], _ data: Dataset, rows: [Int]) throws(TrainingError) -> FitResult {
        var (votes, values): ([GrownTree<Vote>], [GrownTree<Double>]) = ([], [])
        let rows = try RowWeights(data, rows: rows).rows
        for shard in try ordered(shards, rows: rows.count) {
            switch shard.grown {
            case .votes(let grown): votes += grown
            case .values(let grown): values += grown
            }
        }
        switch data.target {
        case .classification(let classes, let labels):
            let score = OutOfBagAccuracy(
                OutOfBagRows(data, rows: rows, threads: threads),
                labels: labels,
                classes: classes.count
            )
            return FitResult(
                body: .votes(votes.map(\.tree)),
                importance: Self.importance(votes.map(\.importance), features: data.features.count),
                outOfBag: score.curve(of: votes)
            )
        case .regression(let truth):
            let score = OutOfBagR2(
                OutOfBagRows(data, rows: rows, threads: threads),
                truth: truth
            )
            return FitResult(
                body: .values(values.map(\.tree)),
                importance: Self.importance(values.map(\.importance), features: data.features.count),
                outOfBag: score.curve(of: values)
            )
        }
    }

    /// Sorts the shards by the numbers of their trees, and checks that together they have each tree of this forest
    /// once.
    private func ordered(_ shards: [ForestShard], rows: Int) throws(TrainingError) -> [ForestShard] {
        var next = 0
        let shards = shards.sorted { $0.trees.lowerBound < $1.trees.lowerBound }
        for shard in shards {
            guard (shard.parameters, shard.seed, shard.rows) == (parameters, seed, rows) else {
                throw .foreignShards("the trees \(shard.trees) have another row count, seed or parameters")
            }
            guard shard.trees.lowerBound == next else {
                throw .foreignShards("the trees \(shard.trees) do not begin with tree \(next)")
            }
            next = shard.trees.upperBound
        }
        guard next == parameters.trees else {
            throw .foreignShards("they have only \(next) of \(parameters.trees) trees")
        }
        return shards
    }

    /// The mean of the trees' importances, as scikit-learn defines it.
    ///
    /// The importances of each tree are scaled to sum to 1 before the mean, and the mean is scaled to sum to 1.
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
