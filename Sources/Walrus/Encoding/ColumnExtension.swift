/// Extends columns by their repair symbols, hashes all their symbols and builds their Merkle trees.
///
/// Each thread has its own instance.
struct ColumnExtension {
    private let matrix: SymbolMatrix
    private let code: ReedSolomon
    private let trees: SliverTrees
    private let leaves: LeafTiles
    private let table: LeafTable?
    private let hasher: LeafHasher
    private var block: CodingBlock
    /// The nodes of one column's tree.
    private let nodes: ZeroedBuffer<UInt64>

    init(
        matrix: SymbolMatrix,
        code: ReedSolomon,
        trees: SliverTrees,
        leaves: LeafTiles,
        table: LeafTable?,
        kernels: Kernels
    ) {
        self.matrix = matrix
        self.code = code
        self.trees = trees
        self.leaves = leaves
        self.table = table
        let capacity = CodingBlock.capacity(symbolSize: matrix.symbolSize)
        hasher = LeafHasher(groups: table == nil ? capacity * leaves.groups : 0, kernels: kernels)
        block = CodingBlock(code: code)
        nodes = ZeroedBuffer((leaves.groups + 2) * SliverTrees.tileSize)
    }

    /// Writes the leaves of `columns` into the tiles, and passes the root of each column's tree to `onRoot`.
    mutating func extend(_ columns: Range<Int>, onRoot: (_ column: Int, Digest) -> Void) {
        // If the symbol size is a multiple of the slice size, the hash needs one more block for the last byte,
        // because the prefix shifts all bytes by one (see LeafHasher).
        for slice in 0...(matrix.symbolSize / SymbolLayout.sliceSize) {
            let size = matrix.sliceSize(slice)
            if size > 0 {
                unsafe block.encode(
                    members: columns.count,
                    count: matrix.rowsWithData,
                    sliceSize: size
                ) { row, member in
                    unsafe matrix.slice(slice, row: row, column: columns.lowerBound + member)
                }
            }
            if table == nil { hash(columns, slice: slice, size: size) }
        }
        for (member, column) in columns.enumerated() {
            collect(column, member: member)
            unsafe trees.buildAlong(nodes.start)
            unsafe onRoot(column, Digest(tile: nodes.start, lane: 0))
        }
    }

    private func hash(_ columns: Range<Int>, slice: Int, size: Int) {
        for (member, column) in columns.enumerated() {
            for group in 0..<leaves.groups where !leaves.isEmpty(group) {
                unsafe hasher.update(
                    group: member * leaves.groups + group,
                    slice: slice,
                    size: size,
                    symbolSize: matrix.symbolSize
                ) { lane, target in
                    let row = 8 * group + lane
                    guard size > 0, row < matrix.shape.shards else { return }
                    if row < code.data {
                        unsafe SymbolLayout.copy(
                            matrix.slice(slice, row: row, column: column),
                            to: target
                        )
                    } else {
                        unsafe block.copyRepair(row - code.data, member: member, to: target)
                    }
                }
            }
        }
    }

    /// Copies the leaves of a column to the nodes of its tree, and to the tiles for the trees of rows.
    private func collect(_ column: Int, member: Int) {
        for group in 0..<leaves.groups {
            let node = unsafe nodes.start + group * SliverTrees.tileSize
            guard !leaves.isEmpty(group) else {
                unsafe trees.fillWithZeroLeaves(node)
                continue
            }
            if let table {
                unsafe lookUp(table, group: group, column: column, member: member, tile: node)
            } else {
                let tile = unsafe hasher.tile(member * leaves.groups + group)
                unsafe node.update(from: tile, count: SliverTrees.tileSize)
            }
            unsafe leaves.tile(group, column: column).update(from: node, count: SliverTrees.tileSize)
        }
    }

    private func lookUp(
        _ table: LeafTable,
        group: Int,
        column: Int,
        member: Int,
        tile: UnsafeMutablePointer<UInt64>
    ) {
        for row in leaves.rows(group) {
            if row < code.data {
                let symbol = unsafe matrix.slice(0, row: row, column: column)
                unsafe table.copy(Int(symbol[0]) | Int(symbol[1]) << 8, to: tile, lane: row % 8)
            } else {
                let element = block.repairElement(row - code.data, member: member)
                unsafe table.copy(element, to: tile, lane: row % 8)
            }
        }
    }
}
