/// The size of a model's trees; all zero for a linear model.
package struct ModelShape: Codable, Equatable, Sendable {
    package let trees: Int
    package let nodes: Int
    package let leaves: Int
    /// The depth of the deepest leaf; the root has depth 0.
    package let depth: Int

    init(_ model: Model) {
        switch model.body {
        case .votes(let trees): self.init(trees)
        case .values(let trees): self.init(trees)
        case .boost(let boosted): self.init(boosted.trees)
        case .linear: self.init([ValueTree]())
        }
    }

    private init<Leaf>(_ trees: [DecisionTree<Leaf>]) {
        self.trees = trees.count
        nodes = trees.reduce(0) { $0 + $1.nodes.count }
        leaves = trees.reduce(0) { $0 + $1.nodes.count { $0.isLeaf } }
        depth = trees.reduce(0) { max($0, Self.depth(of: $1.nodes)) }
    }

    /// The depth of the deepest leaf; one pass is enough, because children come after their parents.
    private static func depth(of nodes: [TreeNode]) -> Int {
        var depths = [Int](repeating: 0, count: nodes.count)
        for (index, node) in nodes.enumerated() where !node.isLeaf {
            depths[Int(node.link)] = depths[index] + 1
            depths[Int(node.link) + 1] = depths[index] + 1
        }
        return depths.max() ?? 0
    }
}
