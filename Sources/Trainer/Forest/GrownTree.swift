/// A tree and what its growing told beside it.
struct GrownTree<Leaf: Equatable & Sendable>: Equatable, Sendable {
    var tree = DecisionTree<Leaf>()
    /// Impurity decrease by feature, weighted by rows.
    var importance: [Double]
    var outOfBag: OutOfBag
}
