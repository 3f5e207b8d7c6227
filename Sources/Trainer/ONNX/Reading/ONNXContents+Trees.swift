extension ONNXContents {
    /// Reads the trees from the lists of TreeEnsembleClassifier.
    ///
    /// - Throws: ``ONNXError/malformed(_:)`` if the lists do not form such trees, for example because a list has the
    ///   wrong length or an index is out of range.
    func votingTrees(features: Int, classes: Int) throws(ONNXError) -> [VotingTree] {
        let ids = try integers("nodes_treeids")
        let feature = try integers("nodes_featureids", count: ids.count)
        let left = try integers("nodes_truenodeids", count: ids.count)
        let right = try integers("nodes_falsenodeids", count: ids.count)
        let missing = try integers("nodes_missing_value_tracks_true", count: ids.count)
        let threshold = try floats("nodes_values", count: ids.count)
        var trees: [VotingTree] = []
        for index in ids.indices {
            if ids[index] == trees.count { trees.append(VotingTree()) }
            guard ids[index] == trees.count - 1 else { throw .malformed("its trees are out of order") }
            guard left[index] != 0 else {
                trees[trees.count - 1].nodes.append(TreeNode(leaf: Self.withoutVotes))
                continue
            }
            guard (0..<features).contains(Int(feature[index])), left[index] > 0,
                right[index] == left[index] + 1
            else { throw .malformed("node \(index)") }
            trees[trees.count - 1].nodes.append(
                TreeNode(
                    feature: Int(feature[index]),
                    threshold: threshold[index],
                    missingGoesLeft: missing[index] == 1,
                    left: Int(left[index])
                )
            )
        }
        try addVotes(to: &trees, classes: classes)
        for tree in trees { try Self.check(tree) }
        return trees
    }

    /// The link of a leaf whose first vote has not been read yet.
    private static let withoutVotes = Int(UInt32.max)

    private func addVotes(to trees: inout [VotingTree], classes: Int) throws(ONNXError) {
        let treeIDs = try integers("class_treeids")
        let nodeIDs = try integers("class_nodeids", count: treeIDs.count)
        let labels = try integers("class_ids", count: treeIDs.count)
        let weights = try floats("class_weights", count: treeIDs.count)
        // The writer adds votes of 0 because some runtimes need them; the reader skips them.
        let counted = treeIDs.indices.filter { weights[$0] != 0 }
        for (position, index) in counted.enumerated() {
            let (tree, node) = (Int(treeIDs[index]), Int(nodeIDs[index]))
            guard trees.indices.contains(tree), trees[tree].nodes.indices.contains(node),
                trees[tree].nodes[node].isLeaf, (0..<classes).contains(Int(labels[index])),
                let units = UInt32(exactly: weights[index]), units <= 65_536
            else { throw .malformed("vote \(index)") }
            if Int(trees[tree].nodes[node].link) == Self.withoutVotes {
                trees[tree].nodes[node] = TreeNode(leaf: trees[tree].leaves.count)
            }
            let next = position + 1 < counted.count ? counted[position + 1] : nil
            let isLast = next.map { nodeIDs[$0] != nodeIDs[index] || treeIDs[$0] != treeIDs[index] } ?? true
            trees[tree].leaves.append(Vote(label: Int(labels[index]), units: Int(units), isLast: isLast))
        }
    }

    /// Reads the trees from the lists of TreeEnsemble.
    ///
    /// The splits are in the order in which they were made.
    ///
    /// A tree has one more leaf than splits. After the leaves of all trees, the list has copies of leaves (see
    /// ``ONNXGraph/addSums(of:targets:as:)``). The sibling of a copy is a split, and the index of this split equals the
    /// index of the original leaf.
    ///
    /// - Throws: ``ONNXError/malformed(_:)`` if the lists do not form such trees, for example because a list has the
    ///   wrong length or an index is out of range.
    func valueTrees(features: Int) throws(ONNXError) -> [ValueTree] {
        let roots = try integers("tree_roots")
        let feature = try integers("nodes_featureids")
        let (count, leaves) = (feature.count, try doubles("leaf_weights"))
        let left = try integers("nodes_truenodeids", count: count)
        let right = try integers("nodes_falsenodeids", count: count)
        let isLeftLeaf = try integers("nodes_trueleafs", count: count)
        let isRightLeaf = try integers("nodes_falseleafs", count: count)
        let missing = try integers("nodes_missing_value_tracks_true", count: count)
        let splits = try doubles("nodes_splits", count: count)
        let ownLeaves = count + roots.count
        guard ownLeaves <= leaves.count else { throw .malformed("leaf_weights") }
        var trees: [ValueTree] = []
        var firstLeaf = 0
        for (number, root) in roots.enumerated() {
            let end = number + 1 < roots.count ? Int(roots[number + 1]) : count
            guard root >= 0, Int(root) < end, end <= count else { throw .malformed("root \(number)") }
            let leafCount = end - Int(root) + 1
            guard firstLeaf + leafCount <= ownLeaves else { throw .malformed("leaves of tree \(number)") }
            var tree = ValueTree()
            tree.leaves = Array(leaves[firstLeaf..<firstLeaf + leafCount])
            tree.nodes = [TreeNode(leaf: 0)]
            // The node index of each split whose parent has been read.
            var places: [Int: Int] = [:]
            places[Int(root)] = 0
            for split in Int(root)..<end {
                guard let place = places[split], (0..<features).contains(Int(feature[split])) else {
                    throw .malformed("split \(split)")
                }
                tree.nodes[place] = TreeNode(
                    feature: Int(feature[split]),
                    threshold: Float(splits[split]),
                    missingGoesLeft: missing[split] == 1,
                    left: tree.nodes.count
                )
                let children = [(left[split], isLeftLeaf[split]), (right[split], isRightLeaf[split])]
                for (index, (child, isLeaf)) in children.enumerated() {
                    let leaf = Int(child < ownLeaves ? child : children[1 - index].0) - firstLeaf
                    guard isLeaf == 0 || (0..<leafCount).contains(leaf) else {
                        throw .malformed("leaf \(child)")
                    }
                    if isLeaf == 0 { places[Int(child)] = tree.nodes.count }
                    tree.nodes.append(TreeNode(leaf: isLeaf == 0 ? 0 : leaf))
                }
            }
            firstLeaf += leafCount
            try Self.check(tree)
            trees.append(tree)
        }
        return trees
    }

    /// Checks that children come after their parent, so that every walk down the tree ends, and that no leaf is empty.
    private static func check<Leaf>(_ tree: DecisionTree<Leaf>) throws(ONNXError) {
        for (index, node) in tree.nodes.enumerated() {
            let isSound =
                node.isLeaf
                ? Int(node.link) < tree.leaves.count
                : Int(node.link) > index && Int(node.link) + 1 < tree.nodes.count
            guard isSound else { throw .malformed("node \(index)") }
        }
    }
}
