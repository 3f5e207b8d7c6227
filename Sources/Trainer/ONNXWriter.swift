extension ForestModel {
    /// Hands the model to `write` as an ONNX file, piece by piece.
    ///
    /// `X` float[N, features] → TreeEnsembleClassifier with whole votes → ArgMax and Gather for `label`, one division
    /// for `probabilities`. Labels don't come from the classifier itself, because runtimes disagree about two classes;
    /// votes are whole numbers, because their sum is then the same in any order.
    package func writeONNX(_ write: (_ bytes: [UInt8]) throws -> Void) throws {
        try ONNXGraph(model: self).file.write(write)
    }
}

/// The messages of onnx.proto that a forest needs, by their field numbers.
private struct ONNXGraph {
    let model: ForestModel

    private enum AttributeType: Int64 {
        case integer = 2
        case floats = 6
        case integers = 7
        case strings = 8
        case text = 3
    }

    private enum ElementType: Int64 {
        case float = 1
        case integer = 7
        case text = 8
    }

    /// ModelProto.
    var file: ProtobufMessage {
        var file = ProtobufMessage()
        file.add(1, integer: 8)  // ir_version
        file.add(2, text: "okai-bot")  // producer_name
        file.add(7, message: graph)
        for (domain, version) in [("", Int64(17)), ("ai.onnx.ml", 3)] {
            var opset = ProtobufMessage()
            opset.add(1, text: domain)
            opset.add(2, integer: version)
            file.add(8, message: opset)
        }
        for (key, value) in model.metadata.sorted(by: { $0.key < $1.key }) {
            var entry = ProtobufMessage()
            entry.add(1, text: key)
            entry.add(2, text: value)
            file.add(14, message: entry)
        }
        return file
    }

    private var graph: ProtobufMessage {
        var graph = ProtobufMessage()
        graph.add(1, message: classifier)
        graph.add(
            1,
            message: node("ArgMax", ["votes"], ["winner"], [attribute("axis", 1), attribute("keepdims", 0)])
        )
        graph.add(1, message: node("Gather", ["classes", "winner"], ["label"], []))
        graph.add(1, message: node("Div", ["votes", "total"], ["probabilities"], []))
        graph.add(2, text: "forest")
        graph.add(5, message: classNames)
        graph.add(5, message: total)
        graph.add(11, message: value("X", .float, columns: model.features.count))
        graph.add(12, message: value("label", integerClasses == nil ? .text : .integer, columns: nil))
        graph.add(12, message: value("probabilities", .float, columns: model.classes.count))
        return graph
    }

    private var integerClasses: [Int64]? { ClassLabels.integers(model.classes) }

    // MARK: Nodes

    private var classifier: ProtobufMessage {
        let nodes = model.trees.lazy.enumerated().flatMap { index, tree in
            tree.nodes.lazy.enumerated().map { (tree: index, id: $0.offset, node: $0.element) }
        }
        let votes = model.trees.lazy.enumerated().flatMap { index, tree in
            tree.nodes.lazy.enumerated().filter { $0.element.isLeaf }.flatMap { id, leaf in
                listedVotes(tree.votes(ofLeaf: leaf)).map { (tree: index, node: id, vote: $0) }
            }
        }
        let modes = nodes.map { $0.node.isLeaf ? "LEAF" : "BRANCH_LEQ" }
        return node(
            "TreeEnsembleClassifier",
            ["X"],
            ["raw_label", "votes"],
            [
                attribute("class_ids", integers: votes.map { Int($0.vote.label) }),
                attribute("class_nodeids", integers: votes.map(\.node)),
                attribute("class_treeids", integers: votes.map(\.tree)),
                attribute("class_weights", floats: votes.map { Float($0.vote.units) }),
                attribute("classlabels_int64s", integers: 0..<model.classes.count),
                attribute(
                    "nodes_falsenodeids",
                    integers: nodes.map { $0.node.isLeaf ? 0 : Int($0.node.right) }
                ),
                attribute("nodes_featureids", integers: nodes.map { max(0, Int($0.node.feature)) }),
                attribute("nodes_modes", texts: modes),
                attribute("nodes_nodeids", integers: nodes.map(\.id)),
                attribute("nodes_treeids", integers: nodes.map(\.tree)),
                attribute(
                    "nodes_truenodeids",
                    integers: nodes.map { $0.node.isLeaf ? 0 : Int($0.node.left) }
                ),
                attribute("nodes_values", floats: nodes.map(\.node.threshold)),
                attribute("post_transform", text: "NONE"),
            ],
            domain: "ai.onnx.ml"
        )
    }

    /// With two classes, runtimes take a missing vote for the complement of the other: there, zeros are written out.
    private func listedVotes(_ votes: ArraySlice<DecisionTree.Vote>) -> [DecisionTree.Vote] {
        guard model.classes.count == 2 else { return Array(votes) }
        return (0..<2).map { label in
            votes.first { $0.label == label } ?? DecisionTree.Vote(label: UInt16(label), units: 0)
        }
    }

    private func node(
        _ operation: String,
        _ inputs: [String],
        _ outputs: [String],
        _ attributes: [ProtobufMessage],
        domain: String = ""
    ) -> ProtobufMessage {
        var node = ProtobufMessage()
        for input in inputs { node.add(1, text: input) }
        for output in outputs { node.add(2, text: output) }
        node.add(3, text: operation)
        node.add(4, text: operation)
        for attribute in attributes { node.add(5, message: attribute) }
        if !domain.isEmpty { node.add(7, text: domain) }
        return node
    }

    // MARK: Attributes

    private func attribute(_ name: String, _ value: Int64) -> ProtobufMessage {
        attribute(name, .integer) { $0.add(3, integer: value) }
    }

    private func attribute(_ name: String, text: String) -> ProtobufMessage {
        attribute(name, .text) { $0.add(4, text: text) }
    }

    private func attribute(_ name: String, floats: some Sequence<Float>) -> ProtobufMessage {
        attribute(name, .floats) { $0.add(7, floats: floats) }
    }

    private func attribute(_ name: String, integers: some Sequence<Int>) -> ProtobufMessage {
        attribute(name, .integers) { $0.add(8, integers: integers) }
    }

    private func attribute(_ name: String, texts: some Sequence<String>) -> ProtobufMessage {
        attribute(name, .strings) { for text in texts { $0.add(9, text: text) } }
    }

    private func attribute(
        _ name: String,
        _ type: AttributeType,
        _ fill: (inout ProtobufMessage) -> Void
    ) -> ProtobufMessage {
        var attribute = ProtobufMessage()
        attribute.add(1, text: name)
        fill(&attribute)
        attribute.add(20, integer: type.rawValue)
        return attribute
    }

    // MARK: Constants and shapes

    private var classNames: ProtobufMessage {
        var tensor = ProtobufMessage()
        tensor.add(1, integer: Int64(model.classes.count))
        if let integers = integerClasses {
            tensor.add(2, integer: ElementType.integer.rawValue)
            tensor.add(7, integers: integers.map(Int.init))
        } else {
            tensor.add(2, integer: ElementType.text.rawValue)
            for name in model.classes { tensor.add(6, text: name) }
        }
        tensor.add(8, text: "classes")
        return tensor
    }

    private var total: ProtobufMessage {
        var tensor = ProtobufMessage()
        tensor.add(1, integer: 1)
        tensor.add(2, integer: ElementType.float.rawValue)
        tensor.add(4, float: Float(model.totalVotes))
        tensor.add(8, text: "total")
        return tensor
    }

    /// A value of the graph: as many rows as come, and `columns` of them where it is a table.
    private func value(_ name: String, _ type: ElementType, columns: Int?) -> ProtobufMessage {
        var rows = ProtobufMessage()
        rows.add(2, text: "N")
        var shape = ProtobufMessage()
        shape.add(1, message: rows)
        if let columns {
            var width = ProtobufMessage()
            width.add(1, integer: Int64(columns))
            shape.add(1, message: width)
        }
        var tensor = ProtobufMessage()
        tensor.add(1, integer: type.rawValue)
        tensor.add(2, message: shape)
        var kind = ProtobufMessage()
        kind.add(1, message: tensor)
        var value = ProtobufMessage()
        value.add(1, text: name)
        value.add(2, message: kind)
        return value
    }
}
