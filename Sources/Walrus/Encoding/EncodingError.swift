import Contract

/// Why no blob ID can be computed.
package enum EncodingError: Error, Equatable, CustomStringConvertible {
    case unusableShardCount(Int)
    case tooLarge(size: Int, maximum: Int)
    case unreadable(path: String, reason: String)
    case noMemory(bytes: Int)
    case cancelled

    private static let shards = CodeShape.shardCounts

    package var description: String {
        switch self {
        case .unusableShardCount(let count):
            "\(count) shards are not possible: use \(Self.shards.lowerBound) to \(Self.shards.upperBound)"
        case .tooLarge(let size, let maximum):
            "a blob has at most \(maximum) bytes, but this one has \(size)"
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .noMemory(let bytes):
            "an ID of so many bytes or shards takes \(ByteCount(bytes)) of memory, more than there is"
        case .cancelled: "cancelled"
        }
    }
}
