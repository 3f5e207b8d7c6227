/// A named attribute of an operation: an AttributeProto message.
struct ONNXAttribute {
    let message: ProtobufMessage

    /// The values of the field `type`.
    private enum Kind: Int64 {
        case float = 1
        case integer = 2
        case text = 3
        case tensor = 4
        case floats = 6
        case integers = 7
        case texts = 8
    }

    static func integer(_ name: String, _ value: Int) -> Self {
        Self(name, .integer) { $0.add(3, integer: Int64(value)) }
    }

    static func float(_ name: String, _ value: Float) -> Self {
        Self(name, .float) { $0.add(2, floats: { emit in emit(value) }) }
    }

    static func text(_ name: String, _ value: String) -> Self {
        Self(name, .text) { $0.add(4, text: value) }
    }

    static func tensor(_ name: String, _ value: ONNXTensor) -> Self {
        Self(name, .tensor) { $0.add(5, message: value.message(name: name)) }
    }

    static func floats(_ name: String, _ values: @escaping ProtobufMessage.List<Float>) -> Self {
        Self(name, .floats) { $0.add(7, floats: values) }
    }

    static func integers(_ name: String, _ values: @escaping ProtobufMessage.List<Int>) -> Self {
        Self(name, .integers) { $0.add(8, integers: values) }
    }

    static func texts(_ name: String, _ values: @escaping ProtobufMessage.List<String>) -> Self {
        Self(name, .texts) { $0.add(9, texts: values) }
    }

    private init(_ name: String, _ kind: Kind, _ fill: (inout ProtobufMessage) -> Void) {
        var attribute = ProtobufMessage()
        attribute.add(1, text: name)
        fill(&attribute)
        attribute.add(20, integer: kind.rawValue)
        message = attribute
    }
}
