package import Contract
import Synchronization

/// Computes blob IDs from bytes, as every storage node would (encoding type RS2).
///
/// The calls block until they are done, on as many threads as the machine has cores; keep them off the cooperative
/// ones.
package struct BlobEncoder: Sendable {
    private static let encodingType: UInt8 = 1
    private let shape: CodeShape
    private let kernels: Kernels

    package init(shards: Int = CodeShape.defaultShards) throws(EncodingError) {
        try self.init(shards: shards, kernels: .fastest)
    }

    init(shards: Int, kernels: Kernels) throws(EncodingError) {
        shape = try CodeShape(shards: shards)
        self.kernels = kernels
    }

    /// The ID of `bytes`.
    ///
    /// - Throws: ``EncodingError`` when they are too many, or when `isCancelled` said so.
    package func blobID(
        of bytes: Span<UInt8>,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> BlobID {
        let root = try slivers(of: bytes, isCancelled: isCancelled, onProgress: onProgress).root
        return Self.blobID(root: root, length: bytes.count)
    }

    /// The ID and size of the file at `path`.
    package func blob(
        atPath path: String,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> StoredBlob {
        try blob(in: MappedFile(path: path), isCancelled: isCancelled, onProgress: onProgress)
    }

    /// The ID and size of `file`.
    package func blob(
        in file: MappedFile,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> StoredBlob {
        do {
            let id = try file.withBytes {
                try blobID(of: $0, isCancelled: isCancelled, onProgress: onProgress)
            }
            return StoredBlob(id: id, size: file.size)
        } catch let error as EncodingError {
            throw error
        } catch {
            preconditionFailure("blobID(of:) throws nothing else")
        }
    }

    /// The hashes of all slivers of `bytes`.
    func slivers(
        of bytes: Span<UInt8>,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> SliverHashes {
        let symbolSize = try shape.symbolSize(forLength: bytes.count)
        let hashes = try unsafe bytes.withUnsafeBufferPointer { source throws(EncodingError) in
            let matrix = try unsafe SymbolMatrix(source: source, shape: shape, symbolSize: symbolSize)
            return try Expansion(of: matrix, kernels: kernels).run(
                isCancelled: isCancelled,
                onProgress: onProgress
            )
        }
        guard let hashes else { throw .cancelled }
        return hashes
    }

    /// `H(encoding type || length || root)`, with the length as 8 little-endian bytes.
    static func blobID(root: Digest, length: Int) -> BlobID {
        let lengthBytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
        let message = lengthBytes + root.bytes
        let digest = unsafe message.withUnsafeBufferPointer { unsafe BLAKE2b.hash(prefix: encodingType, $0) }
        return BlobID(bytes: digest.bytes)
    }
}

/// The Merkle roots of a blob's slivers, pair by pair.
struct SliverHashes: Equatable, Sendable {
    /// Of row i.
    var primary: [Digest]
    /// Of column n - 1 - i: the order of columns is reversed across pairs.
    var secondary: [Digest]

    /// The root over `H(0x00 || primary || secondary)` of each pair.
    var root: Digest {
        MerkleTree.root(
            of: zip(primary, secondary).map { Digest.join(prefix: MerkleTree.leafPrefix, $0, $1) }
        )
    }
}
