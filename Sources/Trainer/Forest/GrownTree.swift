/// A grown tree, the importance of each feature in the tree, and the rows that are out of bag for the tree.
struct GrownTree<Leaf: Equatable & Sendable>: Equatable, Sendable {
    var tree = DecisionTree<Leaf>()
    /// For each feature, the total decrease of impurity by splits on the feature, weighted by rows.
    var importance: [Double]
    var outOfBag: OutOfBagMask
}
