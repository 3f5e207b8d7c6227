package import Contract
import Synchronization

/// Computes blob IDs from bytes, with the encoding type RS2, as Walrus' storage nodes do.
///
/// The calls block and use one thread per core. Call them through ``BackgroundWork``.
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

    /// Computes the ID of `bytes`.
    ///
    /// - Throws: ``EncodingError`` if the blob is too large, the memory is not enough, or `isCancelled` returned
    ///   true.
    package func blobID(
        of bytes: Span<UInt8>,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> BlobID {
        let hashes = try sliverHashes(of: bytes, isCancelled: isCancelled, onProgress: onProgress)
        return Self.blobID(root: hashes.root(kernels: kernels), length: bytes.count)
    }

    /// Computes the ID and size of the file at `path`.
    package func blob(
        atPath path: String,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> StoredBlob {
        try blob(in: MappedFile(path: path), isCancelled: isCancelled, onProgress: onProgress)
    }

    /// Computes the ID and size of `file`.
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
            preconditionFailure("blobID(of:) throws only EncodingError")
        }
    }

    /// Computes the Merkle roots of all slivers of `bytes`.
    func sliverHashes(
        of bytes: Span<UInt8>,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (Double) -> Void = { _ in }
    ) throws(EncodingError) -> SliverHashes {
        let symbolSize = try shape.symbolSize(forLength: bytes.count)
        let hashes = try unsafe bytes.withUnsafeBufferPointer { source throws(EncodingError) in
            let matrix = try unsafe SymbolMatrix(source: source, shape: shape, symbolSize: symbolSize)
            return try SliverHasher(of: matrix, kernels: kernels).run(
                isCancelled: isCancelled,
                onProgress: onProgress
            )
        }
        guard let hashes else { throw .cancelled }
        return hashes
    }

    /// `H(encoding type || length || root)`, where the length has 8 little-endian bytes.
    static func blobID(root: Digest, length: Int) -> BlobID {
        let lengthBytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
        let message = lengthBytes + root.bytes
        let digest = unsafe message.withUnsafeBufferPointer { unsafe BLAKE2b.hash(prefix: encodingType, $0) }
        return BlobID(bytes: digest.bytes)
    }
}
