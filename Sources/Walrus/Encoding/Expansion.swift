import Dispatch
import Glibc
import Synchronization

/// A blob on its way to `n` x `n` symbols, of which only the hashes are kept.
///
/// Rows are extended first, their repair symbols kept (half the blob's size); then columns are extended, hashed symbol by
/// symbol (32 bytes for each of n² symbols) and their trees built; then the trees of rows. Rows, columns and trees are
/// each independent of one another, so that threads share nothing but what they only read.
final class Expansion: @unchecked Sendable {
    // @unchecked Sendable because the steps that run at once write to parts of the memory that do not overlap, and read
    // only what an earlier step has written.
    private let matrix: SymbolMatrix
    private let kernels: Kernels
    private let rowCode: ReedSolomon
    private let columnCode: ReedSolomon
    private let trees: SliverTrees
    private let leaves: LeafTiles
    private let table: LeafTable?
    /// Roots of the primary slivers, then of the secondary ones, by pair.
    private let roots: Memory<Digest>
    private let stepsDone = Atomic(0)

    init(of matrix: SymbolMatrix, kernels: Kernels) throws(EncodingError) {
        let shape = matrix.shape
        self.matrix = matrix
        self.kernels = kernels
        rowCode = ReedSolomon(data: shape.columns, repair: shape.shards - shape.columns, kernels: kernels)
        columnCode = ReedSolomon(data: shape.rows, repair: shape.shards - shape.rows, kernels: kernels)
        trees = SliverTrees(leaves: shape.shards, symbolSize: matrix.symbolSize, kernels: kernels)
        leaves = try LeafTiles(matrix: matrix)
        table = LeafTable.pays(for: matrix) ? LeafTable(kernels: kernels) : nil
        roots = Memory(2 * shape.shards)
    }

    /// All of it; nil when `isCancelled` said so.
    ///
    /// Both closures are called from several threads.
    func run(isCancelled: @Sendable () -> Bool, onProgress: @Sendable (Double) -> Void) -> SliverHashes? {
        let size = CodingBlock.capacity(symbolSize: matrix.symbolSize)
        let (shards, empty) = (matrix.shape.shards, matrix.emptyColumns)
        let rows = blocks(of: 0..<matrix.rowsWithData, by: size)
        let columns =
            blocks(of: 0..<empty.lowerBound, by: size) + blocks(of: empty.upperBound..<shards, by: size)
        let octets = blocks(of: 0..<leaves.octets, by: 1)
        let steps = rows.count + columns.count + octets.count
        func each<Worker>(
            _ blocks: [Range<Int>],
            by makeWorker: @Sendable () -> Worker,
            _ work: @Sendable (inout Worker, Range<Int>) -> Void
        ) {
            let queue = BlockQueue(blocks)
            DispatchQueue.concurrentPerform(iterations: min(blocks.count, Self.threads)) { _ in
                var worker = makeWorker()
                while !isCancelled(), let block = queue.next() {
                    work(&worker, block)
                    onProgress(Double(stepsDone.add(1, ordering: .relaxed).newValue) / Double(steps))
                }
            }
        }
        each(rows, by: { RowExtension(matrix: matrix, code: rowCode) }) { $0.extend($1) }
        fillEmptyColumns()
        each(columns, by: makeColumnExtension) { $0.extend($1) { setRoot(ofColumn: $0, $1) } }
        guard !isCancelled() else { return nil }
        each(octets, by: { trees }) { buildTrees(ofOctet: $1.lowerBound, $0) }
        return isCancelled() ? nil : hashes
    }

    private static let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    private func blocks(of range: Range<Int>, by size: Int) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: size).map {
            $0..<min($0 + size, range.upperBound)
        }
    }
}

// MARK: - The steps

extension Expansion {
    private func makeColumnExtension() -> ColumnExtension {
        ColumnExtension(
            matrix: matrix,
            code: columnCode,
            trees: trees,
            leaves: leaves,
            table: table,
            kernels: kernels
        )
    }

    /// Columns of zeros have a known tree, but their leaves are needed for the trees of rows.
    private func fillEmptyColumns() {
        guard !matrix.emptyColumns.isEmpty else { return }
        let root = trees.zeroRoot
        for column in matrix.emptyColumns {
            setRoot(ofColumn: column, root)
            for octet in 0..<leaves.octets where !leaves.isEmpty(octet) {
                unsafe trees.fillWithZeroLeaves(leaves.tile(octet, column: column))
            }
        }
    }

    /// The order of columns is reversed across pairs.
    private func setRoot(ofColumn column: Int, _ root: Digest) {
        unsafe roots.start[2 * matrix.shape.shards - 1 - column] = root
    }

    private func buildTrees(ofOctet octet: Int, _ trees: SliverTrees) {
        let rows = leaves.rows(octet)
        if leaves.isEmpty(octet) {
            let root = trees.zeroRoot
            for row in rows { unsafe roots.start[row] = root }
        } else {
            let tiles = unsafe leaves.tile(octet, column: 0)
            unsafe trees.buildAcross(tiles)
            for row in rows { unsafe roots.start[row] = Digest(tile: tiles, lane: row % 8) }
        }
    }

    private var hashes: SliverHashes {
        let shards = matrix.shape.shards
        let all = unsafe Array(UnsafeBufferPointer(start: roots.start, count: 2 * shards))
        return SliverHashes(primary: Array(all.prefix(shards)), secondary: Array(all.suffix(shards)))
    }
}

/// Hands out blocks of work to whichever thread asks next.
private final class BlockQueue: Sendable {
    private let blocks: [Range<Int>]
    private let taken = Atomic(0)

    init(_ blocks: [Range<Int>]) { self.blocks = blocks }

    func next() -> Range<Int>? {
        let index = taken.add(1, ordering: .relaxed).oldValue
        return index < blocks.count ? blocks[index] : nil
    }
}
