extension ONNXGraph {
    /// Adds a regression forest: `X` → doubles → the sum of the trees' leaves → divided by the number of trees →
    /// `value`.
    ///
    /// All leaves are multiples of one number, and have so few bits that their sum is exact in any order (see
    /// ``FixedPoint``).
    mutating func addValues(of trees: [ValueTree]) {
        addSums(of: trees, targets: 1, as: "okai_sum")
        add(.doubles([Double(trees.count)]), as: "okai_trees")
        add("Div", ["okai_sum", "okai_trees"], ["okai_mean"])
        add("Cast", ["okai_mean"], ["value"], [.integer("to", Int(ElementType.float.rawValue))])
        addOutput("value", .float, columns: 1)
    }

    /// Adds sums of the trees' leaves as doubles.
    ///
    /// Column t is the sum of the trees t, t + `targets`, t + 2 · `targets`, ….
    ///
    /// TreeEnsemble has separate lists of splits and of leaves. Splits are in the order in which they were made, so
    /// that the reader can restore the order of the nodes. A tree with a single leaf becomes a split with two equal
    /// leaves.
    ///
    /// Runtimes treat a split as a leaf if its children have equal indices, even if one is an index of a split and the
    /// other is an index of a leaf. In this case the leaf is copied to the end of the list of leaves, and the index of
    /// the copy is used.
    mutating func addSums(of trees: [ValueTree], targets: Int, as name: String) {
        add("Cast", [Self.features], ["okai_doubles"], [.integer("to", Int(ElementType.double.rawValue))])
        let lists = SplitLists(trees: trees)
        let attributes: [ONNXAttribute] = [
            .integer("aggregate_function", 1),
            .integers("leaf_targetids", lists.leaves { tree, _ in tree % targets }),
            .tensor("leaf_weights", .doubles(count: lists.leafCount, lists.leaves { $1 })),
            .integer("n_targets", targets),
            .integers("nodes_falseleafs", lists.list { $0.right.isLeaf ? 1 : 0 }),
            .integers("nodes_falsenodeids", lists.list { $0.right.index }),
            .integers("nodes_featureids", lists.list { $0.split.feature }),
            .integers("nodes_missing_value_tracks_true", lists.list { $0.split.missingGoesLeft ? 1 : 0 }),
            .tensor("nodes_modes", .bytes(count: lists.count, lists.list { _ in 0 })),
            .tensor("nodes_splits", .doubles(count: lists.count, lists.list { Double($0.split.threshold) })),
            .integers("nodes_trueleafs", lists.list { $0.left.isLeaf ? 1 : 0 }),
            .integers("nodes_truenodeids", lists.list { $0.left.index }),
            .integer("post_transform", 0),
            .integers("tree_roots", lists.roots),
        ]
        add("TreeEnsemble", ["okai_doubles"], [name], attributes, domain: Self.learning)
    }
}

/// The splits and leaves of all trees, in the form of TreeEnsemble's lists.
private struct SplitLists {
    /// A child of a split: its index in the list of leaves or in the list of splits.
    struct Child {
        let isLeaf: Bool
        let index: Int
    }

    struct Entry {
        let split: TreeNode
        var left: Child
        var right: Child
    }

    /// The trees; each has at least one split.
    private let trees: [ValueTree]
    /// The leaves that are copied to the end of the list.
    private var copies: [(tree: Int, weight: Double)] = []

    init(trees: [ValueTree]) {
        self.trees = trees.map(\.withSplit)
        var copies: [(Int, Double)] = []
        forEachEntry { tree, firstLeaf, entry in
            guard let leaf = entry.ambiguousLeaf else { return }
            copies.append((tree, self.trees[tree].leaves[leaf - firstLeaf]))
        }
        self.copies = copies
    }

    /// The number of splits.
    var count: Int { trees.reduce(0) { $0 + $1.splits } }
    /// The number of leaves, including copies.
    var leafCount: Int { ownLeaves + copies.count }

    private var ownLeaves: Int { trees.reduce(0) { $0 + $1.leaves.count } }

    /// The index of each tree's first split.
    var roots: ProtobufMessage.List<Int> {
        { emit in
            var first = 0
            for tree in trees {
                emit(first)
                first += tree.splits
            }
        }
    }

    /// A list with an element for each split.
    func list<Value>(_ value: @escaping (Entry) -> Value) -> ProtobufMessage.List<Value> {
        { emit in
            var next = ownLeaves
            forEachEntry { _, _, entry in
                guard entry.ambiguousLeaf != nil else { return emit(value(entry)) }
                emit(value(entry.withLeaf(at: next)))
                next += 1
            }
        }
    }

    /// A list with an element for each leaf, including copies; `value` receives the index of the tree and the leaf's
    /// value.
    func leaves<Value>(
        _ value: @escaping (_ tree: Int, _ weight: Double) -> Value
    ) -> ProtobufMessage.List<Value> {
        { emit in
            for (index, tree) in trees.enumerated() { for leaf in tree.leaves { emit(value(index, leaf)) } }
            for copy in copies { emit(value(copy.tree, copy.weight)) }
        }
    }

    private func forEachEntry(_ body: (_ tree: Int, _ firstLeaf: Int, Entry) -> Void) {
        var (firstSplit, firstLeaf) = (0, 0)
        for (index, tree) in trees.enumerated() {
            forEachEntry(of: tree, firstSplit, firstLeaf) { body(index, firstLeaf, $0) }
            firstSplit += tree.splits
            firstLeaf += tree.leaves.count
        }
    }

    private func forEachEntry(
        of tree: ValueTree,
        _ firstSplit: Int,
        _ firstLeaf: Int,
        _ body: (Entry) -> Void
    ) {
        func child(_ index: Int) -> Child {
            let node = tree.nodes[index]
            return node.isLeaf
                ? Child(isLeaf: true, index: firstLeaf + Int(node.link))
                : Child(isLeaf: false, index: firstSplit + order(node))
        }
        // Children are stored in pairs after the root, so the split with the first pair was made first.
        var made = [TreeNode?](repeating: nil, count: tree.splits)
        for node in tree.nodes where !node.isLeaf { made[order(node)] = node }
        for case .some(let node) in made {
            body(Entry(split: node, left: child(Int(node.link)), right: child(Int(node.link) + 1)))
        }
    }

    /// The number of splits of the tree that were made before this one.
    private func order(_ split: TreeNode) -> Int { (Int(split.link) - 1) / 2 }
}

extension SplitLists.Entry {
    /// The index of the child that is a leaf, if the other child is a split with an equal index; otherwise nil.
    fileprivate var ambiguousLeaf: Int? { left.index == right.index ? left.index : nil }

    /// The same entry with another index for the child that is a leaf.
    fileprivate func withLeaf(at index: Int) -> Self {
        var entry = self
        let leaf = SplitLists.Child(isLeaf: true, index: index)
        if left.isLeaf { entry.left = leaf } else { entry.right = leaf }
        return entry
    }
}

extension ValueTree {
    fileprivate var splits: Int { nodes.count / 2 }

    /// The same tree; a single leaf becomes a split with two equal leaves.
    fileprivate var withSplit: Self {
        guard nodes.count == 1 else { return self }
        let split = TreeNode(feature: 0, threshold: 0, missingGoesLeft: false, left: 1)
        return Self(nodes: [split, TreeNode(leaf: 0), TreeNode(leaf: 1)], leaves: leaves + leaves)
    }
}
