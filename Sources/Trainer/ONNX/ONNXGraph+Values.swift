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
    /// knows where their children stood. A tree of a single leaf becomes a split that leads to it either way.
    mutating func addSums(of trees: [ValueTree], targets: Int, as name: String) {
        add("Cast", [Self.features], ["/doubles"], [.integer("to", Int(ElementType.double.rawValue))])
        let lists = SplitLists(trees: trees)
        let leaves = trees.reduce(0) { $0 + $1.leaves.count }
        let attributes: [ONNXAttribute] = [
            .integer("aggregate_function", 1),
            .integers("leaf_targetids") { take in
                for (index, tree) in trees.enumerated() { for _ in tree.leaves { take(index % targets) } }
            },
            .tensor(
                "leaf_weights",
                .doubles(count: leaves) { take in trees.forEach { $0.leaves.forEach(take) } }
            ),
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
        let left: Child
        let right: Child
    }

    let trees: [ValueTree]

    /// How many splits there are.
    var count: Int { trees.reduce(0) { $0 + splits($1) } }

    /// The number of each tree's first split.
    var roots: ProtobufMessage.List<Int> {
        { take in
            var first = 0
            for tree in trees {
                take(first)
                first += splits(tree)
            }
        }
    }

    func list<Value>(_ value: @escaping (Entry) -> Value) -> ProtobufMessage.List<Value> {
        { take in
            var (firstSplit, firstLeaf) = (0, 0)
            for tree in trees {
                forEachEntry(of: tree, firstSplit, firstLeaf) { take(value($0)) }
                firstSplit += splits(tree)
                firstLeaf += tree.leaves.count
            }
        }
    }

    private func splits(_ tree: ValueTree) -> Int { max(1, tree.nodes.count / 2) }

    private func forEachEntry(
        of tree: ValueTree,
        _ firstSplit: Int,
        _ firstLeaf: Int,
        _ body: (Entry) -> Void
    ) {
        guard tree.nodes.count > 1 else {
            let leaf = Child(isLeaf: true, index: firstLeaf)
            let split = TreeNode(feature: 0, threshold: 0, missingGoesLeft: false, left: 0)
            return body(Entry(split: split, left: leaf, right: leaf))
        }
        func child(_ index: Int) -> Child {
            let node = tree.nodes[index]
            return node.isLeaf
                ? Child(isLeaf: true, index: firstLeaf + Int(node.link))
                : Child(isLeaf: false, index: firstSplit + order(node))
        }
        // Children come in pairs behind the root: the split with the first pair was the first to be made.
        var made = [TreeNode?](repeating: nil, count: splits(tree))
        for node in tree.nodes where !node.isLeaf { made[order(node)] = node }
        for case .some(let node) in made {
            body(Entry(split: node, left: child(Int(node.link)), right: child(Int(node.link) + 1)))
        }
    }

    /// How many splits were made before this one.
    private func order(_ split: TreeNode) -> Int { (Int(split.link) - 1) / 2 }
}
