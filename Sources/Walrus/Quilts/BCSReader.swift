/// Decodes Binary Canonical Serialization (BCS), the byte format of Move.
struct BCSReader {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    /// The bytes that were not read yet.
    var rest: [UInt8] { Array(bytes) }

    mutating func bytes(_ count: Int) throws(QuiltError) -> [UInt8] {
        guard count <= bytes.count else {
            throw .malformed("it announces \(count) bytes, but only \(bytes.count) follow")
        }
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    /// Reads an unsigned little-endian integer of one, two or four bytes.
    mutating func integer(bytes count: Int) throws(QuiltError) -> Int {
        try bytes(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Reads a length in ULEB128: seven bits per byte, the lowest first; the high bit is set in all bytes but the last.
    mutating func length() throws(QuiltError) -> Int {
        var value = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            let byte = try integer(bytes: 1)
            value |= (byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .malformed("a length has more than 32 bits")
    }

    mutating func string() throws(QuiltError) -> String {
        guard let text = String(validating: try bytes(try length()), as: UTF8.self) else {
            throw .malformed("a text is not UTF-8")
        }
        return text
    }

    mutating func tags() throws(QuiltError) -> [String: String] {
        var tags: [String: String] = [:]
        for _ in 0..<(try length()) {
            let key = try string()
            tags[key] = try string()
        }
        return tags
    }
}
