/// A forest that was grown: all that prediction needs, and all that its file holds.
package struct ForestModel: Equatable, Sendable {
    /// The number of the format: raised only when the same input gives other bytes.
    package static let formatNumber = 1

    package let target: String
    /// In the order in which the model takes them.
    package let features: [String]
    /// In the order in which the model gives their probabilities.
    package let classes: [String]
    /// What else its file says of it, by key.
    package let metadata: [String: String]
    let trees: [DecisionTree]

    init(
        target: String,
        features: [String],
        classes: [String],
        metadata: [String: String],
        trees: [DecisionTree]
    ) {
        self.target = target
        self.features = features
        self.classes = classes
        self.metadata = metadata
        self.trees = trees
    }

    /// The sum of all votes of a row: what probabilities are shares of.
    var totalVotes: Int { trees.count * VoteUnits.perLeaf(trees: trees.count) }

    /// What the forest says of one row of features, in their order.
    package func predict(_ row: [Float]) -> Prediction {
        var sums = [UInt32](repeating: 0, count: classes.count)
        for tree in trees {
            for vote in tree.votes({ row[$0] }) { sums[Int(vote.label)] += vote.units }
        }
        let total = Float(totalVotes)
        let winner = sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
        return Prediction(label: classes[winner], probabilities: sums.map { Float($0) / total })
    }

    /// What the forest says of each row of a table, whose columns are found by name.
    ///
    /// - Throws: ``TrainingError`` for a column that is missing or a cell that is no number.
    package func predict(csv: Span<UInt8>) throws(TrainingError) -> [Prediction] {
        let columns = try FeatureTable(csv, features: features.map { ($0, nil) }, threads: 1).columns
        return (0..<(columns.first?.count ?? 0)).map { row in predict(columns.map { $0[row] }) }
    }
}

/// What a forest says of one row.
package struct Prediction: Equatable, Sendable {
    package let label: String
    /// In the order of the model's classes.
    package let probabilities: [Float]
}
