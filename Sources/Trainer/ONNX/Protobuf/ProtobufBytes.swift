/// A buffer for the bytes of a message.
struct ProtobufBytes {
    private(set) var bytes: [UInt8] = []

    /// The number of bytes that are written to a file at a time.
    static let chunk = 1 << 16

    mutating func appendTag(_ number: Int, _ type: ProtobufWireType) {
        appendVarint(Int64(number) << 3 | Int64(type.rawValue))
    }

    /// Appends a number in groups of seven bits, the lowest first; a negative number has ten bytes.
    mutating func appendVarint(_ value: Int64) {
        var rest = UInt64(bitPattern: value)
        while rest > 127 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a number in little-endian order.
    mutating func appendFixed(_ value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<value.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func append(_ more: some Collection<UInt8>) {
        bytes += more
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }
}

/// The encoding of a field's value.
enum ProtobufWireType: UInt8 {
    case varint = 0
    case fixed64 = 1
    case delimited = 2
    case fixed32 = 5
}
