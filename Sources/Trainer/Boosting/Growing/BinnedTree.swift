/// A tree under construction.
///
/// The bins of its splits are stored too, to find the leaf of a binned row.
struct BinnedTree: Sendable {
    private(set) var tree = ValueTree(nodes: [TreeNode(leaf: 0)])
    /// `cuts[node]`: the last bin that goes left, and the side of missing values; unused for a leaf.
    private var cuts: [(bin: UInt8, missingGoesLeft: Bool)] = [(0, false)]
    /// `ranges[leaf]`: the range of the leaf's rows in the ``RowOrder``.
    private(set) var ranges: [Range<Int>] = []

    /// Turns the node into a split, and returns its left child.
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

    /// Turns the node into a leaf with a value.
    mutating func makeLeaf(_ node: Int, value: Double, rows: Range<Int>) {
        tree.nodes[node] = TreeNode(leaf: tree.leaves.count)
        tree.leaves.append(value)
        ranges.append(rows)
    }

    /// The value of the leaf that a row of the binned features reaches.
    func value(_ row: Int, _ features: BinnedFeatures) -> Double {
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
