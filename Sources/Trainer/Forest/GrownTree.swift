/// A tree with the feature importance and the out-of-bag rows that are known after it is grown.
struct GrownTree<Leaf: Equatable & Sendable>: Equatable, Sendable {
    var tree = DecisionTree<Leaf>()
    /// The total decrease of impurity by splits of each feature, weighted by rows.
    var importance: [Double]
    var outOfBag: OutOfBagMask
}
