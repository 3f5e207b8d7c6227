import Dispatch
import Synchronization

/// A blob on its way to `n` x `n` symbols, of which only the hashes are kept.
///
/// Rows are extended first, their repair symbols kept (half the blob's size); then blocks of columns are extended and
/// hashed symbol by symbol (32 bytes for each of n² symbols); then the trees are built. Rows, columns and trees are
/// each independent of one another, so that threads share nothing but what they only read.
@safe final class Expansion: @unchecked Sendable {
    // @unchecked Sendable because the steps that run at once write to ranges of the buffers that do not overlap, and
    // read only what an earlier step has written.
    private let source: UnsafeBufferPointer<UInt8>
    private let shape: CodeShape
    private let symbolSize: Int
    /// Repair symbols of the source rows: `rows` times `n - columns` symbols.
    private let repairs: UnsafeMutableBufferPointer<UInt8>
    /// Leaf hashes, row by row.
    private let leaves: UnsafeMutableBufferPointer<Digest>
    /// Roots of the primary slivers, then of the secondary ones, by pair.
    private let roots: UnsafeMutableBufferPointer<Digest>
    private let hasher: LeafHasher
    private let stepsDone = Atomic(0)

    /// Vectors shorter than this many elements waste product tables.
    private static let blockWidth = 256
    /// Trees built in one step.
    private static let treeBlock = 50

    init(of source: UnsafeBufferPointer<UInt8>, shape: CodeShape, symbolSize: Int) {
        unsafe self.source = source
        self.shape = shape
        self.symbolSize = symbolSize
        hasher = LeafHasher(symbolSize: symbolSize)
        let repairSymbols = shape.rows * (shape.shards - shape.columns)
        unsafe repairs = .allocate(capacity: repairSymbols * symbolSize)
        unsafe repairs.initialize(repeating: 0)
        unsafe leaves = .allocate(capacity: shape.shards * shape.shards)
        unsafe leaves.initialize(repeating: .zero)
        unsafe roots = .allocate(capacity: 2 * shape.shards)
        unsafe roots.initialize(repeating: .zero)
    }

    deinit {
        unsafe repairs.deallocate()
        unsafe leaves.deallocate()
        unsafe roots.deallocate()
    }

    /// All of it; nil when `isCancelled` said so.
    ///
    /// Both closures are called from several threads.
    func run(isCancelled: @Sendable () -> Bool, onProgress: @Sendable (Double) -> Void) -> SliverHashes? {
        let perBlock = max(1, Self.blockWidth * 2 / symbolSize)
        let rowBlocks = blocks(of: rowsWithData, by: perBlock)
        let columnBlocks = blocks(of: shape.shards, by: perBlock)
        let treeBlocks = blocks(of: shape.shards, by: Self.treeBlock)
        let steps = rowBlocks.count + columnBlocks.count + treeBlocks.count
        func each(_ blocks: [Range<Int>], _ work: @Sendable (Range<Int>) -> Void) {
            DispatchQueue.concurrentPerform(iterations: blocks.count) { index in
                guard !isCancelled() else { return }
                work(blocks[index])
                onProgress(Double(stepsDone.add(1, ordering: .relaxed).newValue) / Double(steps))
            }
        }
        each(rowBlocks) { self.extendRows($0) }
        each(columnBlocks) { self.extendColumns($0) }
        guard !isCancelled() else { return nil }
        each(treeBlocks) { self.buildTrees($0) }
        guard !isCancelled() else { return nil }
        let all = unsafe Array(roots)
        return SliverHashes(
            primary: Array(all.prefix(shape.shards)),
            secondary: Array(all.suffix(shape.shards))
        )
    }

    private func blocks(of count: Int, by size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
}

// MARK: - Symbols

extension Expansion {
    /// Rows below this hold nothing but padding.
    private var rowsWithData: Int {
        let rowSize = shape.columns * symbolSize
        return unsafe (source.count + rowSize - 1) / rowSize
    }

    /// The bytes of a symbol of a source row, and how many there are before the padding.
    private func symbol(row: Int, column: Int) -> (bytes: UnsafePointer<UInt8>?, count: Int) {
        if column >= shape.columns {
            let index = row * (shape.shards - shape.columns) + column - shape.columns
            return unsafe (
                repairs.baseAddress.map { unsafe UnsafePointer($0 + index * symbolSize) }, symbolSize
            )
        }
        let offset = (row * shape.columns + column) * symbolSize
        guard unsafe offset < source.count else { return (nil, 0) }
        return unsafe (source.baseAddress.map { unsafe $0 + offset }, min(symbolSize, source.count - offset))
    }

    private func load(row: Int, column: Int, into elements: UnsafeMutablePointer<UInt16>) {
        let (bytes, count) = unsafe symbol(row: row, column: column)
        guard let bytes = unsafe bytes else {
            return unsafe elements.update(repeating: 0, count: symbolSize / 2)
        }
        unsafe SymbolLayout.load(bytes, count: count, size: symbolSize, into: elements)
    }
}

// MARK: - The three steps

extension Expansion {
    /// Extends some source rows by their repair symbols.
    private func extendRows(_ rows: Range<Int>) {
        let code = ReedSolomon(data: shape.columns, repair: shape.shards - shape.columns)
        let lane = symbolSize / 2
        let width = rows.count * lane
        let work = UnsafeMutablePointer<UInt16>.allocate(capacity: code.workVectors * width)
        defer { unsafe work.deallocate() }
        unsafe work.initialize(repeating: 0, count: code.workVectors * width)
        for column in 0..<shape.columns {
            for row in rows {
                unsafe load(
                    row: row,
                    column: column,
                    into: work + column * width + (row - rows.lowerBound) * lane
                )
            }
        }
        unsafe code.encode(work, width: width)
        for index in 0..<code.repair {
            for row in rows {
                let elements = unsafe work + index * width + (row - rows.lowerBound) * lane
                let target = (row * code.repair + index) * symbolSize
                guard let base = unsafe repairs.baseAddress else { continue }
                unsafe SymbolLayout.store(elements, size: symbolSize, into: base + target)
            }
        }
    }

    /// Extends some columns over all shards, and hashes each of their symbols.
    private func extendColumns(_ columns: Range<Int>) {
        let code = ReedSolomon(data: shape.rows, repair: shape.shards - shape.rows)
        let lane = symbolSize / 2
        let width = columns.count * lane
        let work = UnsafeMutablePointer<UInt16>.allocate(capacity: code.workVectors * width)
        defer { unsafe work.deallocate() }
        unsafe work.initialize(repeating: 0, count: code.workVectors * width)
        for row in 0..<shape.rows {
            for column in columns {
                let elements = unsafe work + row * width + (column - columns.lowerBound) * lane
                unsafe load(row: row, column: column, into: elements)
                unsafe leaves[row * shape.shards + column] = hasher.leaf(elements)
            }
        }
        unsafe code.encode(work, width: width)
        for index in 0..<code.repair {
            for column in columns {
                let elements = unsafe work + index * width + (column - columns.lowerBound) * lane
                unsafe leaves[(shape.rows + index) * shape.shards + column] = hasher.leaf(elements)
            }
        }
    }

    /// Builds the trees of some sliver pairs: row i, and column n - 1 - i.
    private func buildTrees(_ pairs: Range<Int>) {
        let count = shape.shards
        let scratch = UnsafeMutableBufferPointer<Digest>.allocate(capacity: count)
        defer { unsafe scratch.deallocate() }
        for pair in pairs {
            for index in 0..<count {
                unsafe scratch.initializeElement(at: index, to: leaves[pair * count + index])
            }
            unsafe roots[pair] = MerkleTree.root(consuming: scratch)
            let column = count - 1 - pair
            for index in 0..<count { unsafe scratch[index] = leaves[index * count + column] }
            unsafe roots[count + pair] = MerkleTree.root(consuming: scratch)
        }
    }
}
