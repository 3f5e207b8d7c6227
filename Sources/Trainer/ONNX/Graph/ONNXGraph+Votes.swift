import Tables

extension ONNXGraph {
    /// Adds a classification forest: `X` → TreeEnsembleClassifier → ArgMax and Gather for `label`, Div for
    /// `probabilities`.
    ///
    /// The label of TreeEnsembleClassifier is not used, because for two classes runtimes compute different labels.
    /// Votes are integers, so that their sum is the same in any order.
    mutating func addVotes(of trees: [VotingTree], classes: [String], features: Int) {
        let nodes = Self.nodeAttributes(trees)
        let votes = Self.voteAttributes(trees, classes: classes.count)
        let rest: [ONNXAttribute] = [
            .integers("classlabels_int64s") { emit in (0..<classes.count).forEach(emit) },
            .text("post_transform", "NONE"),
        ]
        add(
            "TreeEnsembleClassifier",
            [Self.features],
            ["okai_raw_label", "okai_votes"],
            votes + rest.prefix(1) + nodes + rest.suffix(1),
            domain: Self.learning
        )
        add(.floats([Float(trees.count * VoteUnits.perLeaf(trees: trees.count))]), as: "okai_total")
        addLabel(of: "okai_votes", classes: classes)
        add("Div", ["okai_votes", "okai_total"], ["probabilities"])
        addOutput("probabilities", .float, columns: classes.count)
    }

    /// Adds the output `label`: the class with the greatest score; of classes with equal scores, the first.
    mutating func addLabel(of scores: String, classes: [String]) {
        add("ArgMax", [scores], ["okai_winner"], [.integer("axis", 1), .integer("keepdims", 0)])
        addLabel(at: "okai_winner", classes: classes)
    }

    /// Adds the output `label`: the class with the index `winner`.
    mutating func addLabel(at winner: String, classes: [String]) {
        let integers = ClassLabels.integers(classes)
        add(integers.map { .integers($0) } ?? .texts(classes), as: "okai_classes")
        add("Gather", ["okai_classes", winner], ["label"])
        addOutput("label", integers == nil ? .text : .integer, columns: nil)
    }

    /// The attributes of nodes; each is a list with one entry per node of each tree.
    private static func nodeAttributes(_ trees: [VotingTree]) -> [ONNXAttribute] {
        func list<Value>(_ value: @escaping (Int, Int, TreeNode) -> Value) -> ProtobufMessage.List<Value> {
            { emit in
                for (tree, nodes) in trees.lazy.map(\.nodes).enumerated() {
                    for (index, node) in nodes.enumerated() { emit(value(tree, index, node)) }
                }
            }
        }
        return [
            .integers("nodes_falsenodeids", list { $2.isLeaf ? 0 : Int($2.link) + 1 }),
            .integers("nodes_featureids", list { $2.isLeaf ? 0 : $2.feature }),
            .integers("nodes_missing_value_tracks_true", list { !$2.isLeaf && $2.missingGoesLeft ? 1 : 0 }),
            .texts("nodes_modes", list { $2.isLeaf ? "LEAF" : "BRANCH_LEQ" }),
            .integers("nodes_nodeids", list { _, index, _ in index }),
            .integers("nodes_treeids", list { tree, _, _ in tree }),
            .integers("nodes_truenodeids", list { $2.isLeaf ? 0 : Int($2.link) }),
            .floats("nodes_values", list { $2.threshold }),
        ]
    }

    /// The attributes of votes; each is a list with one entry for each leaf and each class for which the leaf votes.
    ///
    /// For two classes, votes of 0 are written as well, because runtimes replace a missing vote by the complement of
    /// the vote for the other class.
    private static func voteAttributes(_ trees: [VotingTree], classes: Int) -> [ONNXAttribute] {
        func list<Value>(
            _ value: @escaping (_ tree: Int, _ node: Int, _ label: Int, _ units: UInt32) -> Value
        ) -> ProtobufMessage.List<Value> {
            { emit in
                for (index, tree) in trees.enumerated() {
                    for (id, node) in tree.nodes.enumerated() where node.isLeaf {
                        let votes = tree.votes(from: Int(node.link))
                        for label in classes == 2 ? 0..<2 : 0..<0 {
                            let units = votes.first { $0.label == label }?.units ?? 0
                            emit(value(index, id, label, units))
                        }
                        for vote in classes == 2 ? [] : votes {
                            emit(value(index, id, vote.label, vote.units))
                        }
                    }
                }
            }
        }
        return [
            .integers("class_ids", list { _, _, label, _ in label }),
            .integers("class_nodeids", list { _, node, _, _ in node }),
            .integers("class_treeids", list { tree, _, _, _ in tree }),
            .floats("class_weights", list { Float($3) }),
        ]
    }
}
