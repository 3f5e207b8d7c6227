/// The out-of-bag score of a growing forest; each row is predicted only by the trees for which it is out of bag.
protocol OutOfBagScore: Sendable {
    associatedtype Leaf: Equatable & Sendable

    /// The score as a measure in a progress report.
    static func measure(_ score: Double) -> TrainingProgress.Measure

    /// Adds trees, and returns the score of all trees so far; nil if no row is out of bag.
    mutating func add(_ trees: [GrownTree<Leaf>]) -> Double?
}

extension OutOfBagScore {
    /// The scores of the forest's first trees, for growing numbers of trees.
    func curve(of trees: [GrownTree<Leaf>]) -> LearningCurve {
        var score = self
        return LearningCurve(trees: trees.count) { score.add(Array(trees[$0])) }
    }
}
