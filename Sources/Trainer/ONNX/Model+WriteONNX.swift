extension Model {
    /// Writes the model as an ONNX file; `write` is called with one piece of the file after the other.
    ///
    /// - Throws: ``ONNXError/tooLarge(bytes:)`` before the first piece if the file is too large for every runtime, and
    ///   the errors of `write`.
    package func writeONNX(_ write: (_ bytes: [UInt8]) throws -> Void) throws {
        let file = file
        guard file.size <= ONNXSize.limit else { throw ONNXError.tooLarge(bytes: file.size) }
        try file.write(write)
    }

    /// The file as a ModelProto message.
    private var file: ProtobufMessage {
        var file = ProtobufMessage()
        file.add(1, integer: 8)  // ir_version
        file.add(2, text: "okai-bot")  // producer_name
        file.add(7, message: graph.message)
        for (domain, version) in [("", 17), (ONNXGraph.learning, learningOperators)] {
            var operators = ProtobufMessage()
            operators.add(1, text: domain)
            operators.add(2, integer: Int64(version))
            file.add(8, message: operators)
        }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            var entry = ProtobufMessage()
            entry.add(1, text: key)
            entry.add(2, text: value)
            file.add(14, message: entry)
        }
        return file
    }

    /// The version of the operator set `ai.onnx.ml`: 3 for a forest of votes, otherwise 5.
    ///
    /// Version 5 is the first that has TreeEnsemble.
    private var learningOperators: Int {
        if case .votes = body { 3 } else { 5 }
    }

    private var graph: ONNXGraph {
        var graph = ONNXGraph()
        graph.addInputs(inputs)
        switch body {
        case .votes(let trees): graph.addVotes(of: trees, classes: classes, features: inputs.count)
        case .values(let trees): graph.addValues(of: trees)
        case .boost(let boosted): graph.addBoost(boosted, classes: classes)
        case .linear(let linear): graph.addLinear(linear, classes: classes)
        }
        return graph
    }
}
