/// Reads the fields of a Protocol Buffers message one after the other.
struct ProtobufReader {
    /// A field's number and value.
    struct Field {
        var number: Int
        var value: Value
    }

    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        /// The range of the field's bytes in the file.
        case delimited(Range<Int>)
    }

    private var position: Int
    private let end: Int

    /// Reads the message at `range` of the file.
    init(_ range: Range<Int>) {
        (position, end) = (range.lowerBound, range.upperBound)
    }

    /// The next field; nil at the end of the message.
    mutating func next(_ bytes: Span<UInt8>) throws(ONNXError) -> Field? {
        guard position < end else { return nil }
        let tag = try varint(bytes)
        let number = Int(truncatingIfNeeded: tag >> 3)
        switch ProtobufWireType(rawValue: UInt8(tag & 7)) {
        case .varint: return Field(number: number, value: .varint(try varint(bytes)))
        case .fixed64: return Field(number: number, value: .fixed64(try fixed(8, bytes)))
        case .fixed32: return Field(number: number, value: .fixed32(UInt32(try fixed(4, bytes))))
        case .delimited:
            let length = try varint(bytes)
            guard length <= UInt64(end - position) else { throw .truncated }
            let range = position..<position + Int(length)
            position = range.upperBound
            return Field(number: number, value: .delimited(range))
        case nil: throw .malformed("wire type \(tag & 7)")
        }
    }

    private mutating func varint(_ bytes: Span<UInt8>) throws(ONNXError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < end else { throw .truncated }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
        }
        throw .malformed("a number has more than ten bytes")
    }

    private mutating func fixed(_ count: Int, _ bytes: Span<UInt8>) throws(ONNXError) -> UInt64 {
        guard end - position >= count else { throw .truncated }
        defer { position += count }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64($1 * 8) }
    }
}
