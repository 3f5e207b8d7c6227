extension ONNXGraph {
    /// `X` → double → the sum of the trees' leaves → divided by their number → `value`.
    ///
    /// Leaves are multiples of one number, and so few bits long that their sum is exact in any order.
    mutating func addValues(of trees: [ValueTree]) {
        addSums(of: trees, targets: 1, as: "/sum")
        add(.doubles([Double(trees.count)]), as: "/trees")
        add("Div", ["/sum", "/trees"], ["/mean"])
        add("Cast", ["/mean"], ["value"], [.integer("to", Int(ElementType.float.rawValue))])
        addOutput("value", .float, columns: 1)
    }

    /// The sums of leaves as doubles: of the trees whose number leaves the remainder t, divided by `targets`, in column t.
    ///
    /// TreeEnsemble lists splits and leaves apart. Splits stand in the order in which they were made, so that a reader
    /// knows where their children stood. A tree of a single leaf becomes a split into two that say the same.
    ///
    /// Runtimes take a split whose children have the same number for a leaf, even where one number is among splits and
    /// the other among leaves. There the leaf's number is that of a copy behind all leaves.
    mutating func addSums(of trees: [ValueTree], targets: Int, as name: String) {
        add("Cast", [Self.features], ["/doubles"], [.integer("to", Int(ElementType.double.rawValue))])
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
        add("TreeEnsemble", ["/doubles"], [name], attributes, domain: Self.learning)
    }
}

/// The splits of all trees, one after the other, as TreeEnsemble wants them.
private struct SplitLists {
    /// Where a child is: its number among all splits or among all leaves.
    struct Child {
        let isLeaf: Bool
        let index: Int
    }

    struct Entry {
        let split: TreeNode
        var left: Child
        var right: Child
    }

    /// Each with a split at least.
    private let trees: [ValueTree]
    /// The leaves that are written a second time, behind all others: their tree and what they say.
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

    /// How many splits there are.
    var count: Int { trees.reduce(0) { $0 + $1.splits } }
    /// How many leaves there are, with copies.
    var leafCount: Int { ownLeaves + copies.count }

    private var ownLeaves: Int { trees.reduce(0) { $0 + $1.leaves.count } }

    /// The number of each tree's first split.
    var roots: ProtobufMessage.List<Int> {
        { take in
            var first = 0
            for tree in trees {
                take(first)
                first += tree.splits
            }
        }
    }

    /// An element for each split.
    func list<Value>(_ value: @escaping (Entry) -> Value) -> ProtobufMessage.List<Value> {
        { take in
            var next = ownLeaves
            forEachEntry { _, _, entry in
                guard entry.ambiguousLeaf != nil else { return take(value(entry)) }
                take(value(entry.withLeaf(at: next)))
                next += 1
            }
        }
    }

    /// An element for each leaf, of its tree's number and what it says.
    func leaves<Value>(
        _ value: @escaping (_ tree: Int, _ weight: Double) -> Value
    ) -> ProtobufMessage.List<Value> {
        { take in
            for (index, tree) in trees.enumerated() { for leaf in tree.leaves { take(value(index, leaf)) } }
            for copy in copies { take(value(copy.tree, copy.weight)) }
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
        // Children come in pairs behind the root: the split with the first pair was the first to be made.
        var made = [TreeNode?](repeating: nil, count: tree.splits)
        for node in tree.nodes where !node.isLeaf { made[order(node)] = node }
        for case .some(let node) in made {
            body(Entry(split: node, left: child(Int(node.link)), right: child(Int(node.link) + 1)))
        }
    }

    /// How many splits were made before this one.
    private func order(_ split: TreeNode) -> Int { (Int(split.link) - 1) / 2 }
}

extension SplitLists.Entry {
    /// The number of the child that is a leaf, where the other one is a split with the same number.
    fileprivate var ambiguousLeaf: Int? { left.index == right.index ? left.index : nil }

    /// The same with another number for the child that is a leaf.
    fileprivate func withLeaf(at index: Int) -> Self {
        var entry = self
        let leaf = SplitLists.Child(isLeaf: true, index: index)
        if left.isLeaf { entry.left = leaf } else { entry.right = leaf }
        return entry
    }
}

extension ValueTree {
    fileprivate var splits: Int { nodes.count / 2 }

    /// The same, where a single leaf is split into two that say the same.
    fileprivate var withSplit: Self {
        guard nodes.count == 1 else { return self }
        let split = TreeNode(feature: 0, threshold: 0, missingGoesLeft: false, left: 1)
        return Self(nodes: [split, TreeNode(leaf: 0), TreeNode(leaf: 1)], leaves: leaves + leaves)
    }
}
