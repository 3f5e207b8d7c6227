/// Recognises ONNX files by the top-level fields of their protobuf message, `ModelProto`.
enum ONNXFormat {
    /// The field numbers of `ModelProto` in onnx.proto: 1 to 8 for `ir_version` to `opset_import`, then
    /// `metadata_props`, `training_info`, `functions` and `configuration`.
    private static let fields: Set<UInt64> = [1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26]
    private static let version: UInt64 = 1
    private static let graph: UInt64 = 7

    /// Whether `bytes` consist only of `ModelProto`'s fields, with a version and a graph among them.
    static func matches(_ bytes: Span<UInt8>) -> Bool {
        var found: Set<UInt64> = []
        var position = 0
        while position < bytes.count {
            guard let tag = varint(bytes, at: &position), fields.contains(tag >> 3) else { return false }
            guard skip(wireType: tag & 7, of: bytes, at: &position) else { return false }
            found.insert(tag >> 3)
        }
        return found.isSuperset(of: [version, graph])
    }

    private static func skip(wireType: UInt64, of bytes: Span<UInt8>, at position: inout Int) -> Bool {
        guard let value = varint(bytes, at: &position) else { return false }
        if wireType == 0 { return true }
        guard wireType == 2, let length = Int(exactly: value), length <= bytes.count - position else {
            return false
        }
        position += length
        return true
    }

    private static func varint(_ bytes: Span<UInt8>, at position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
