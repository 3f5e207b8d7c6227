import Contract

/// A blob ID cannot be computed.
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
            "a network cannot have \(count) shards: use \(Self.shards.lowerBound) to \(Self.shards.upperBound)"
        case .tooLarge(let size, let maximum):
            "the blob has \(size) bytes, more than the maximum of \(maximum)"
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .noMemory(let bytes):
            "computing the blob ID needs \(ByteCount(bytes)) of memory, more than is available"
        case .cancelled: "cancelled"
        }
    }
}
