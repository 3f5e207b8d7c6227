import Contract
import Foundation
import Synchronization
import Testing

@testable import Walrus

@Suite("Blob IDs")
struct BlobEncoderTests {
    /// All vectors but the two largest of a thousand shards, which take the time of all others together.
    private static let blobs = Vectors.shared.blob_vectors.filter {
        $0.len < 10_000_000 || $0.n_shards < 1_000
    }

    @Test("the ID and the sliver hashes are those of the official encoder", arguments: blobs)
    func vectors(_ vector: Vectors.Blob) throws {
        let input = try Vectors.input(vector)
        #expect(input.count == vector.len)
        let hashes = try BlobEncoder(shards: vector.n_shards).slivers(of: input.span)
        #expect(hashes.primary.first?.hex == vector.pair0_primary)
        #expect(hashes.secondary.first?.hex == vector.pair0_secondary)
        #expect(hashes.primary.last?.hex == vector.pairlast_primary)
        #expect(hashes.secondary.last?.hex == vector.pairlast_secondary)
        #expect(hashes.root.hex == vector.root_hash)
        #expect(BlobEncoder.blobID(root: hashes.root, length: vector.len).description == vector.blob_id)
    }

    @Test("a file has the ID of its bytes")
    func file() throws {
        let path = Vectors.data("iris.csv").path(percentEncoded: false)
        let blob = try BlobEncoder().blob(atPath: path)
        #expect(blob.id.description == "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8")
        #expect(blob.size == 3_858)
    }

    @Test("progress rises to 1, and a cancelled computation says so")
    func progress() throws {
        let seen = Seen()
        _ = try BlobEncoder(shards: 100).blobID(
            of: Vectors.generated(5_000).span,
            onProgress: { seen.note($0) }
        )
        #expect(seen.highest == 1)
        #expect(throws: EncodingError.cancelled) {
            try BlobEncoder(shards: 100).blobID(of: Vectors.generated(5_000).span, isCancelled: { true })
        }
    }

    @Test("the code's numbers are those of the vectors", arguments: Vectors.shared.params.indices)
    func shape(_ index: Int) throws {
        let expected = Vectors.shared.params[index]
        let shape = try CodeShape(shards: expected.n_shards)
        #expect(shape.rows == expected.primary)
        #expect(shape.columns == expected.secondary)
        #expect(shape.maximumBlobSize == expected.max_blob_size)
    }

    @Test("symbols are as large as the format says")
    func symbolSizes() throws {
        let shape = try CodeShape()
        for size in Vectors.shared.symbol_size_n1000 {
            #expect(try shape.symbolSize(forLength: size.length) == size.symbol_size)
        }
        for blob in Vectors.shared.blob_vectors {
            let shape = try CodeShape(shards: blob.n_shards)
            #expect(try shape.symbolSize(forLength: blob.len) == blob.symbol_size)
            #expect(try shape.encodedSize(forLength: blob.len) == blob.encoded_length)
        }
    }

    @Test("fewer than four shards and a blob over the maximum are refused")
    func refused() throws {
        #expect(throws: EncodingError.unusableShardCount(3)) { try BlobEncoder(shards: 3) }
        let shape = try CodeShape(shards: 4)
        #expect(throws: EncodingError.tooLarge(size: 393_205, maximum: 393_204)) {
            try shape.symbolSize(forLength: 393_205)
        }
    }
}

/// The highest progress that was reported, from whichever thread.
private final class Seen: Sendable {
    private let value = Mutex(0.0)

    func note(_ fraction: Double) { value.withLock { $0 = max($0, fraction) } }
    var highest: Double { value.withLock { $0 } }
}
