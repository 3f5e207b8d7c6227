/// How good a forest is on rows, each judged only by the trees that never saw it, while trees are added to it.
protocol OutOfBagScore: Sendable {
    associatedtype Leaf: Equatable & Sendable

    /// What of a forest it measures.
    static func measure(_ score: Double) -> TrainingProgress.Measure

    /// Adds trees, and says how good all of them are so far; nil where each row was seen by all.
    mutating func add(_ trees: [GrownTree<Leaf>]) -> Double?
}

extension OutOfBagScore {
    /// Of the first of `trees`, of the first two, and so on.
    func curve(of trees: [GrownTree<Leaf>]) -> LearningCurve {
        var score = self
        return LearningCurve(trees: trees.count) { score.add(Array(trees[$0])) }
    }
}
