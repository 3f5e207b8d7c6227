import Contract
import Foundation
import Synchronization
import Testing

@testable import Walrus

@Suite("Blob IDs")
struct BlobEncoderTests {
    @Test(
        "the ID and the sliver hashes are those of the official encoder",
        arguments: Vectors.shared.blob_vectors,
        Kernels.runnable
    )
    func vectors(_ vector: Vectors.Blob, _ kernels: Kernels) throws {
        let input = try Vectors.input(vector)
        #expect(input.count == vector.len)
        let hashes = try BlobEncoder(shards: vector.n_shards, kernels: kernels).sliverHashes(of: input.span)
        #expect(hashes.primary[0].hex == vector.pair0_primary)
        #expect(hashes.secondary[0].hex == vector.pair0_secondary)
        #expect(hashes.primary[1].hex == vector.pair1_primary)
        #expect(hashes.secondary[1].hex == vector.pair1_secondary)
        #expect(hashes.primary.last?.hex == vector.pairlast_primary)
        #expect(hashes.secondary.last?.hex == vector.pairlast_secondary)
        let root = hashes.root(kernels: kernels)
        #expect(root.hex == vector.root_hash)
        #expect(BlobEncoder.blobID(root: root, length: vector.len).description == vector.blob_id)
    }

    @Test("the symbols and leaves are those of the official encoder", arguments: Vectors.shared.blob_vectors)
    func intermediates(_ vector: Vectors.Blob) throws {
        let shape = try CodeShape(shards: vector.n_shards)
        try Vectors.input(vector).withUnsafeBufferPointer { source in
            let matrix = try SymbolMatrix(source: source, shape: shape, symbolSize: vector.symbol_size)
            let extended = ExtendedMatrix(matrix)
            #expect(
                extended.symbol(row: 0, column: shape.columns).prefix(8).hex == vector.row0_repair0_first8
            )
            #expect(
                extended.symbol(row: 0, column: shape.shards - 1).prefix(8).hex
                    == vector.row0_repairlast_first8
            )
            for repairs in vector.column_repairs {
                let column = repairs.column
                #expect(
                    extended.symbol(row: shape.rows, column: column).prefix(8).hex == repairs.repair0_first8
                )
                #expect(
                    extended.symbol(row: shape.shards - 1, column: column).prefix(8).hex
                        == repairs.repairlast_first8
                )
            }
            let first = extended.symbol(row: 0, column: 0)
            #expect(blake(MerkleTree.leafPrefix, first).hex == vector.leaf_0_0)
            let last = extended.symbol(row: shape.shards - 1, column: shape.shards - 1)
            #expect(blake(MerkleTree.leafPrefix, last).hex == vector.leaf_last_last)
        }
    }

    @Test(
        "blobs of any length have the sliver hashes of the plain encoder, with every kernel",
        arguments: [4, 7, 10, 13, 31],
        [2, 4, 32, 62, 64, 66, 126, 128, 130]
    )
    func plain(shards: Int, symbolSize: Int) throws {
        let shape = try CodeShape(shards: shards)
        let row = shape.columns * symbolSize
        for length in [0, 1, symbolSize + 1, row, row + 1, max(0, shape.rows * row - 129), shape.rows * row]
        where try shape.symbolSize(forLength: length) == symbolSize {
            let blob = random(length, seed: UInt64(length))
            let expected = PlainEncoder.slivers(of: blob, shape: shape, symbolSize: symbolSize)
            for kernels in Kernels.runnable {
                let hashes = try BlobEncoder(shards: shards, kernels: kernels).sliverHashes(of: blob.span)
                #expect(hashes == expected, "\(length) bytes, \(kernels)")
            }
        }
    }

    @Test("a file has the ID of its bytes")
    func file() throws {
        let path = Vectors.data("iris.csv").path(percentEncoded: false)
        let blob = try BlobEncoder().blob(atPath: path)
        #expect(blob.id.description == "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8")
        #expect(blob.size == 3_858)
    }

    @Test("progress reaches 1, and a cancelled computation throws an error")
    func progress() throws {
        let progress = HighestProgress()
        _ = try BlobEncoder(shards: 100).blobID(
            of: Vectors.generated(5_000).span,
            onProgress: { progress.report($0) }
        )
        #expect(progress.highest == 1)
        #expect(throws: EncodingError.cancelled) {
            try BlobEncoder(shards: 100).blobID(of: Vectors.generated(5_000).span, isCancelled: { true })
        }
    }

    @Test("a computation that is cancelled in the middle stops soon", arguments: [0.1, 0.5, 0.9])
    func cancelled(_ fraction: Double) throws {
        let progress = HighestProgress()
        #expect(throws: EncodingError.cancelled) {
            try BlobEncoder(shards: 100).blobID(
                of: Vectors.generated(500_000).span,
                isCancelled: { progress.highest >= fraction },
                onProgress: { progress.report($0) }
            )
        }
        // Each thread completes its current step, one of about a hundred.
        #expect(progress.highest < fraction + 0.1 + 0.02 * Double(ProcessInfo.processInfo.processorCount))
    }

    @Test("a number of shards that needs more memory than available is an error")
    func noMemory() throws {
        let error = #expect(throws: EncodingError.self) { try LeafTiles.allocate(shards: 1 << 28) }
        #expect(error == .noMemory(bytes: (1 << 25) * ((1 << 28) + 1) * 256))
    }

    @Test("the dimensions of the code are those of the vectors", arguments: Vectors.shared.params.indices)
    func shape(_ index: Int) throws {
        let expected = Vectors.shared.params[index]
        let shape = try CodeShape(shards: expected.n_shards)
        #expect(shape.rows == expected.primary)
        #expect(shape.columns == expected.secondary)
        #expect(shape.maximumBlobSize == expected.max_blob_size)
    }

    @Test("symbol sizes and encoded sizes are those of the vectors")
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

    @Test("an invalid number of shards and a blob over the maximum are errors")
    func refused() throws {
        #expect(throws: EncodingError.unusableShardCount(3)) { try BlobEncoder(shards: 3) }
        #expect(throws: EncodingError.unusableShardCount(49_156)) { try BlobEncoder(shards: 49_156) }
        let shape = try CodeShape(shards: 4)
        #expect(throws: EncodingError.tooLarge(size: 393_205, maximum: 393_204)) {
            try shape.symbolSize(forLength: 393_205)
        }
    }
}

/// The highest progress that any thread has reported.
private final class HighestProgress: Sendable {
    private let value = Mutex(0.0)

    func report(_ fraction: Double) { value.withLock { $0 = max($0, fraction) } }
    var highest: Double { value.withLock { $0 } }
}

/// Gives access to single symbols of a blob's extended matrix.
private struct ExtendedMatrix {
    private let matrix: SymbolMatrix
    private let code: ReedSolomon

    init(_ matrix: SymbolMatrix) {
        self.matrix = matrix
        let shape = matrix.shape
        code = ReedSolomon(data: shape.rows, repair: shape.shards - shape.rows, kernels: .fastest)
        guard matrix.rowsWithData > 0 else { return }
        let rows = ReedSolomon(data: shape.columns, repair: shape.shards - shape.columns, kernels: .fastest)
        var rowExtension = RowExtension(matrix: matrix, code: rows)
        for row in 0..<matrix.rowsWithData { rowExtension.extend(row..<row + 1) }
    }

    func symbol(row: Int, column: Int) -> [UInt8] {
        var block = CodingBlock(code: code)
        let slice = ZeroedBuffer<UInt8>(2 * SymbolLayout.sliceSize)
        return stride(from: 0, to: matrix.symbolSize, by: SymbolLayout.sliceSize).flatMap { start in
            let (index, size) = (
                start / SymbolLayout.sliceSize, matrix.sliceSize(start / SymbolLayout.sliceSize)
            )
            if row < code.data {
                SymbolLayout.copy(matrix.slice(index, row: row, column: column), to: slice.start)
            } else {
                block.encode(members: 1, count: matrix.rowsWithData, sliceSize: size) { row, _ in
                    matrix.slice(index, row: row, column: column)
                }
                block.copyRepair(row - code.data, member: 0, to: slice.start)
            }
            return (0..<size).map { slice.start[$0] }
        }
    }
}

/// Computes sliver hashes one symbol at a time; slow and simple.
///
/// ``BlobEncoder`` must agree with it.
private enum PlainEncoder {
    static func slivers(of blob: [UInt8], shape: CodeShape, symbolSize: Int) -> SliverHashes {
        let padding = shape.rows * shape.columns * symbolSize - blob.count
        let padded = blob + [UInt8](repeating: 0, count: padding)
        let rowSize = shape.columns * symbolSize
        let rows = (0..<shape.rows).map { row in
            extended(Array(padded[row * rowSize..<(row + 1) * rowSize]), shape.columns, shape, symbolSize)
        }
        let columns = (0..<shape.shards).map { column in
            extended(rows.flatMap { $0[column] }, shape.rows, shape, symbolSize)
        }
        let leaves = columns.map { $0.map { blake(MerkleTree.leafPrefix, $0) } }
        return SliverHashes(
            primary: (0..<shape.shards).map { row in PlainTree.root(of: leaves.map { $0[row] }) },
            secondary: leaves.reversed().map { PlainTree.root(of: $0) }
        )
    }

    /// The `count` data symbols followed by their repair symbols.
    private static func extended(
        _ data: [UInt8],
        _ count: Int,
        _ shape: CodeShape,
        _ symbolSize: Int
    ) -> [[UInt8]] {
        let code = ReedSolomon(data: count, repair: shape.shards - count, kernels: .portable)
        let all = data + PlainCode.repair(code, data: data, symbolSize: symbolSize)
        return stride(from: 0, to: all.count, by: symbolSize).map { Array(all[$0..<$0 + symbolSize]) }
    }
}
