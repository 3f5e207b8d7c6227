/// Reads Binary Canonical Serialization, the byte format of Move, front to back.
struct BCSReader {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    /// What was not read.
    var rest: [UInt8] { Array(bytes) }

    mutating func bytes(_ count: Int) throws(QuiltError) -> [UInt8] {
        guard count <= bytes.count else {
            throw .malformed("\(count) bytes are announced, \(bytes.count) follow")
        }
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    /// An unsigned number of one, two or four bytes, the lowest first.
    mutating func integer(bytes count: Int) throws(QuiltError) -> Int {
        try bytes(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// The length of what follows: seven bits a byte, the lowest first, the highest bit set on all but the last (ULEB128).
    mutating func length() throws(QuiltError) -> Int {
        var value = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            let byte = try integer(bytes: 1)
            value |= (byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .malformed("a length of more than 32 bits")
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
