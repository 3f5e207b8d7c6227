import Dispatch
import Glibc
import Synchronization

/// Extends a blob to `n` x `n` symbols and computes the Merkle roots of all slivers.
///
/// There are three steps:
/// 1. Extend the rows, and store their repair symbols (half the blob's size).
/// 2. Extend the columns, hash every symbol (32 bytes for each of n² symbols), and build the columns' trees.
/// 3. Build the rows' trees.
///
/// The rows or columns of one step are independent, so threads share only memory that the step does not modify.
final class SliverHasher: @unchecked Sendable {
    // @unchecked Sendable because threads write only to disjoint parts of the memory, and read only memory that an
    // earlier step has written.
    private let matrix: SymbolMatrix
    private let kernels: Kernels
    private let rowCode: ReedSolomon
    private let columnCode: ReedSolomon
    private let trees: SliverTrees
    private let leaves: LeafTiles
    private let table: LeafTable?
    /// The roots of all primary slivers, followed by the roots of all secondary slivers.
    ///
    /// Both parts are in the order of the sliver pairs.
    private let roots: ZeroedBuffer<Digest>
    private let stepsDone = Atomic(0)

    init(of matrix: SymbolMatrix, kernels: Kernels) throws(EncodingError) {
        let shape = matrix.shape
        self.matrix = matrix
        self.kernels = kernels
        rowCode = ReedSolomon(data: shape.columns, repair: shape.shards - shape.columns, kernels: kernels)
        columnCode = ReedSolomon(data: shape.rows, repair: shape.shards - shape.rows, kernels: kernels)
        trees = SliverTrees(leaves: shape.shards, symbolSize: matrix.symbolSize, kernels: kernels)
        leaves = try LeafTiles(matrix: matrix)
        table = LeafTable.isWorthwhile(for: matrix) ? LeafTable(kernels: kernels) : nil
        roots = ZeroedBuffer(2 * shape.shards)
    }

    /// Runs all steps; returns nil if `isCancelled` returned true.
    ///
    /// `onProgress` receives the completed fraction, 0 to 1. Both closures are called from several threads.
    func run(isCancelled: @Sendable () -> Bool, onProgress: @Sendable (Double) -> Void) -> SliverHashes? {
        let size = CodingBlock.capacity(symbolSize: matrix.symbolSize)
        let (shards, empty) = (matrix.shape.shards, matrix.emptyColumns)
        let rows = blocks(of: 0..<matrix.rowsWithData, by: size)
        let columns =
            blocks(of: 0..<empty.lowerBound, by: size) + blocks(of: empty.upperBound..<shards, by: size)
        let groups = blocks(of: 0..<leaves.groups, by: 1)
        let steps = rows.count + columns.count + groups.count
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
        each(groups, by: { trees }) { buildTrees(ofGroup: $1.lowerBound, $0) }
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

extension SliverHasher {
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

    /// Stores the roots and the leaves of the zero columns.
    ///
    /// All zero columns have the same tree, so only one tree is built. Their leaves are needed for the trees of rows.
    private func fillEmptyColumns() {
        guard !matrix.emptyColumns.isEmpty else { return }
        let root = trees.zeroRoot
        for column in matrix.emptyColumns {
            setRoot(ofColumn: column, root)
            for group in 0..<leaves.groups where !leaves.isEmpty(group) {
                unsafe trees.fillWithZeroLeaves(leaves.tile(group, column: column))
            }
        }
    }

    /// Stores the root of a column.
    ///
    /// The roots have the order of the sliver pairs: pair i consists of row i and column n - 1 - i.
    private func setRoot(ofColumn column: Int, _ root: Digest) {
        unsafe roots.start[2 * matrix.shape.shards - 1 - column] = root
    }

    private func buildTrees(ofGroup group: Int, _ trees: SliverTrees) {
        let rows = leaves.rows(group)
        if leaves.isEmpty(group) {
            let root = trees.zeroRoot
            for row in rows { unsafe roots.start[row] = root }
        } else {
            let tiles = unsafe leaves.tile(group, column: 0)
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

/// Distributes blocks of work to threads.
private final class BlockQueue: Sendable {
    private let blocks: [Range<Int>]
    private let position = Atomic(0)

    init(_ blocks: [Range<Int>]) { self.blocks = blocks }

    func next() -> Range<Int>? {
        let index = position.add(1, ordering: .relaxed).oldValue
        return index < blocks.count ? blocks[index] : nil
    }
}
