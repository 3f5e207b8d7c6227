/// A Protocol Buffers message that knows its size before it is written, so that files of any size can be streamed.
struct ProtobufMessage {
    /// Takes bytes on their way to the file.
    typealias Sink = (_ bytes: [UInt8]) throws -> Void

    private struct Field {
        let size: Int
        let write: (Sink) throws -> Void
    }

    private var fields: [Field] = []

    /// In bytes.
    var size: Int { fields.reduce(0) { $0 + $1.size } }

    func write(_ sink: Sink) throws {
        for field in fields { try field.write(sink) }
    }

    mutating func add(_ number: Int, integer: Int64) {
        add(Self.tag(number, .varint) + Self.varint(UInt64(bitPattern: integer)))
    }

    mutating func add(_ number: Int, float: Float) {
        add(Self.tag(number, .fixed32) + Self.fixed32(float))
    }

    mutating func add(_ number: Int, bytes: [UInt8]) {
        add(Self.tag(number, .delimited) + Self.varint(UInt64(bytes.count)) + bytes)
    }

    mutating func add(_ number: Int, text: String) {
        add(number, bytes: Array(text.utf8))
    }

    mutating func add(_ number: Int, message: ProtobufMessage) {
        let head = Self.tag(number, .delimited) + Self.varint(UInt64(message.size))
        fields.append(
            Field(size: head.count + message.size) { sink in
                try sink(head)
                try message.write(sink)
            }
        )
    }

    /// A repeated field, each element with its tag; `values` is walked through twice, and never held as a whole.
    mutating func add(_ number: Int, integers values: some Sequence<Int>) {
        let tag = Self.tag(number, .varint)
        let size = values.reduce(0) { $0 + tag.count + Self.varint(UInt64(bitPattern: Int64($1))).count }
        fields.append(
            Field(size: size) { sink in
                try Self.chunked(values, sink) { tag + Self.varint(UInt64(bitPattern: Int64($0))) }
            }
        )
    }

    mutating func add(_ number: Int, floats values: some Sequence<Float>) {
        let tag = Self.tag(number, .fixed32)
        let size = values.reduce(0) { count, _ in count + tag.count + 4 }
        fields.append(Field(size: size) { sink in try Self.chunked(values, sink) { tag + Self.fixed32($0) } })
    }

    private mutating func add(_ bytes: [UInt8]) {
        fields.append(Field(size: bytes.count) { sink in try sink(bytes) })
    }

    private static func chunked<Values: Sequence>(
        _ values: Values,
        _ sink: Sink,
        _ encode: (Values.Element) -> [UInt8]
    ) throws {
        var chunk: [UInt8] = []
        for value in values {
            chunk += encode(value)
            guard chunk.count >= 1 << 16 else { continue }
            try sink(chunk)
            chunk.removeAll(keepingCapacity: true)
        }
        if !chunk.isEmpty { try sink(chunk) }
    }

    private static func tag(_ number: Int, _ type: ProtobufWireType) -> [UInt8] {
        varint(UInt64(number) << 3 | UInt64(type.rawValue))
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (rest, bytes) = (value, [UInt8]())
        while rest > 127 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func fixed32(_ value: Float) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
    }
}

/// How a field's value is laid out.
enum ProtobufWireType: UInt8 {
    case varint = 0
    case fixed64 = 1
    case delimited = 2
    case fixed32 = 5
}
