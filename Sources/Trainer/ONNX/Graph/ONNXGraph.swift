/// A graph of operations: a GraphProto message.
///
/// The file onnx.proto defines the field numbers. ONNX demands that all names are C identifiers.
struct ONNXGraph {
    enum ElementType: Int64 {
        case float = 1
        case byte = 2
        case integer = 7
        case text = 8
        case double = 11
    }

    /// The domain of the operators for machine learning.
    static let learning = "ai.onnx.ml"

    private var nodes: [ProtobufMessage] = []
    private var constants: [ProtobufMessage] = []
    private var inputs: [ProtobufMessage] = []
    private var outputs: [ProtobufMessage] = []

    /// The graph as a GraphProto message.
    var message: ProtobufMessage {
        var graph = ProtobufMessage()
        for node in nodes { graph.add(1, message: node) }
        graph.add(2, text: "model")
        for constant in constants { graph.add(5, message: constant) }
        for input in inputs { graph.add(11, message: input) }
        for output in outputs { graph.add(12, message: output) }
        return graph
    }

    /// Adds an operation.
    ///
    /// The name of the node contains the name of the first output, so that it is unique.
    mutating func add(
        _ operation: String,
        _ inputs: [String],
        _ outputs: [String],
        _ attributes: [ONNXAttribute] = [],
        domain: String = ""
    ) {
        var node = ProtobufMessage()
        for input in inputs { node.add(1, text: input) }
        for output in outputs { node.add(2, text: output) }
        node.add(3, text: "\(operation)_\(outputs[0])")
        node.add(4, text: operation)
        for attribute in attributes { node.add(5, message: attribute.message) }
        if !domain.isEmpty { node.add(7, text: domain) }
        nodes.append(node)
    }

    mutating func add(_ constant: ONNXTensor, as name: String) {
        constants.append(constant.message(name: name))
    }

    /// Adds an input with any number of rows and `columns` columns; `documentation` says what they are.
    mutating func addInput(_ name: String, _ type: ElementType, columns: Int, documentation: String) {
        var input = Self.value(name, type, columns: columns)
        input.add(3, text: documentation)
        inputs.append(input)
    }

    /// Adds an output with any number of rows and `columns` columns; if `columns` is nil, the output is
    /// one-dimensional.
    mutating func addOutput(_ name: String, _ type: ElementType, columns: Int?) {
        outputs.append(Self.value(name, type, columns: columns))
    }

    /// An input or output as a ValueInfoProto message.
    private static func value(_ name: String, _ type: ElementType, columns: Int?) -> ProtobufMessage {
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
