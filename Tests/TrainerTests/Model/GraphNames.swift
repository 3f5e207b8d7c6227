@testable import Trainer

/// The names in the graph of a model's file, read without the code that reads models.
struct GraphNames {
    /// The names of inputs and the columns in their documentation, in the order of the file.
    var inputs: [(name: String, documentation: String)] = []
    /// The names of everything that the graph computes from: inputs, constants and outputs of nodes.
    var tensors: [String] = []
    var nodes: [String] = []
    /// The names of the graph itself, of its outputs and of the tensors that nodes read.
    var others: [String] = []

    var all: [String] { tensors + nodes + others }

    init(_ bytes: [UInt8]) throws {
        for graph in try Self.messages(7, bytes) {
            others += try Self.texts(2, graph)
            for node in try Self.messages(1, graph) {
                others += try Self.texts(1, node)
                tensors += try Self.texts(2, node)
                nodes += try Self.texts(3, node)
            }
            for constant in try Self.messages(5, graph) { tensors += try Self.texts(8, constant) }
            for input in try Self.messages(11, graph) {
                inputs.append((try Self.texts(1, input).joined(), try Self.texts(3, input).joined()))
            }
            for output in try Self.messages(12, graph) { others += try Self.texts(1, output) }
        }
        tensors += inputs.map(\.name)
    }

    private static func texts(_ field: Int, _ message: [UInt8]) throws -> [String] {
        try messages(field, message).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of each field of a message that has this number.
    private static func messages(_ field: Int, _ message: [UInt8]) throws -> [[UInt8]] {
        var reader = ProtobufReader(0..<message.count)
        var found: [[UInt8]] = []
        while let next = try reader.next(message.span) {
            guard next.number == field, case .delimited(let range) = next.value else { continue }
            found.append(Array(message[range]))
        }
        return found
    }
}

extension String {
    /// Whether this is an identifier of C, as ONNX demands of names.
    var isIdentifier: Bool { wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil && utf8.count == count }
}
