/// A tree as it grows on bins: with what is needed to send the training rows through it once more.
struct BinnedTree: Sendable {
    private(set) var tree = ValueTree(nodes: [TreeNode(leaf: 0)])
    /// By node: the cut's bin, where it is a split.
    private var cuts: [(bin: UInt8, missingGoesLeft: Bool)] = [(0, false)]
    /// By leaf: its range in the order of rows.
    private(set) var ranges: [Range<Int>] = []

    /// Makes a split of the node, and returns its left child.
    mutating func split(
        _ node: Int,
        feature: Int,
        cut: Cut,
        threshold: Float,
        missingGoesLeft: Bool
    ) -> Int {
        let left = tree.nodes.count
        tree.nodes[node] = TreeNode(
            feature: feature,
            threshold: threshold,
            missingGoesLeft: missingGoesLeft,
            left: left
        )
        tree.nodes += [TreeNode(leaf: 0), TreeNode(leaf: 0)]
        cuts[node] = (UInt8(cut.bin), missingGoesLeft)
        cuts += [(0, false), (0, false)]
        return left
    }

    mutating func finish(_ node: Int, answer: Double, rows: Range<Int>) {
        tree.nodes[node] = TreeNode(leaf: tree.leaves.count)
        tree.leaves.append(answer)
        ranges.append(rows)
    }

    /// What the tree answers for a row of binned features.
    func answer(_ row: Int, _ features: BinnedFeatures) -> Double {
        var index = 0
        while !tree.nodes[index].isLeaf {
            let (node, cut) = (tree.nodes[index], cuts[index])
            let bin = unsafe features.columns[node.feature].bins.base[row]
            let goesLeft = bin == BinnedFeatures.missing ? cut.missingGoesLeft : bin <= cut.bin
            index = Int(node.link) + (goesLeft ? 0 : 1)
        }
        return tree.leaves[Int(tree.nodes[index].link)]
    }
}
