/// A constant tensor: a TensorProto message.
struct ONNXTensor {
    private let shape: [Int]
    private let type: ONNXGraph.ElementType
    private let fill: (inout ProtobufMessage) -> Void

    func message(name: String) -> ProtobufMessage {
        var tensor = ProtobufMessage()
        for size in shape { tensor.add(1, integer: Int64(size)) }
        tensor.add(2, integer: type.rawValue)
        fill(&tensor)
        tensor.add(8, text: name)
        return tensor
    }

    static func floats(_ values: [Float], shape: [Int]? = nil) -> Self {
        Self(shape: shape ?? [values.count], type: .float) {
            $0.add(9, raw: { emit in for value in values { emit(value.bitPattern) } })
        }
    }

    static func doubles(_ values: [Double], shape: [Int]? = nil) -> Self {
        doubles(count: values.count, shape: shape) { emit in values.forEach(emit) }
    }

    static func doubles(
        count: Int,
        shape: [Int]? = nil,
        _ values: @escaping ProtobufMessage.List<Double>
    ) -> Self {
        Self(shape: shape ?? [count], type: .double) {
            $0.add(9, raw: { emit in values { emit($0.bitPattern) } })
        }
    }

    static func bytes(count: Int, _ values: @escaping ProtobufMessage.List<UInt8>) -> Self {
        Self(shape: [count], type: .byte) { $0.add(9, raw: values) }
    }

    static func integers(_ values: [Int64]) -> Self {
        Self(shape: [values.count], type: .integer) { $0.add(9, raw: { emit in values.forEach(emit) }) }
    }

    static func texts(_ values: [String]) -> Self {
        Self(shape: [values.count], type: .text) { $0.add(6, texts: { emit in values.forEach(emit) }) }
    }
}
