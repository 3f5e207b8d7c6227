extension Model {
    /// The predictions for rows of features.
    ///
    /// `columns[input][row]` is the value of an input, in the order of ``inputs``; NaN for a missing value.
    ///
    /// The result does not depend on the number of threads.
    package func predict(_ columns: [[Float]], threads: Int) -> Predictions {
        switch body {
        case .votes(let trees):
            let votes = TreeSums.votes(of: trees, columns, classes: classes.count, threads: threads)
            let total = trees.count * VoteUnits.perLeaf(trees: trees.count)
            return Predictions(votes: votes, classes: classes.count, total: total)
        case .values(let trees):
            let sums = unsafe TreeSums.over(trees, columns, width: 1, zero: 0.0, threads: threads) {
                _,
                _,
                leaf,
                sum in
                unsafe sum[0] += leaf.pointee
            }
            return .values(sums.array.map { Float($0 / Double(trees.count)) })
        case .boost(let boosted):
            return Predictions(scores: boosted.scores(columns, threads: threads), output)
        case .linear(let linear):
            return Predictions(scores: linear.scores(columns, threads: threads), output)
        }
    }
}
