/// Extends columns over all shards, hashes each of their symbols, and builds their trees.
///
/// One thread uses it.
struct ColumnExtension {
    private let matrix: SymbolMatrix
    private let code: ReedSolomon
    private let trees: SliverTrees
    private let leaves: LeafTiles
    private let table: LeafTable?
    private let hasher: LeafHasher
    private var block: CodingBlock
    /// The tree of one column.
    private let nodes: Memory<UInt64>

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
        hasher = LeafHasher(octets: table == nil ? capacity * leaves.octets : 0, kernels: kernels)
        block = CodingBlock(code: code)
        nodes = Memory((leaves.octets + 2) * SliverTrees.tileSize)
    }

    /// Writes the leaves of some columns into their tiles; the roots of their trees are given to `onRoot`.
    mutating func extend(_ columns: Range<Int>, onRoot: (_ column: Int, Digest) -> Void) {
        // One slice more than a symbol has where it ends with one: the byte that is carried on.
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
            for octet in 0..<leaves.octets where !leaves.isEmpty(octet) {
                unsafe hasher.absorb(
                    octet: member * leaves.octets + octet,
                    slice: slice,
                    size: size,
                    symbolSize: matrix.symbolSize
                ) { lane, target in
                    let row = 8 * octet + lane
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

    /// Puts the leaves of a column where its tree is built, and where the trees of rows will be.
    private func collect(_ column: Int, member: Int) {
        for octet in 0..<leaves.octets {
            let node = unsafe nodes.start + octet * SliverTrees.tileSize
            guard !leaves.isEmpty(octet) else {
                unsafe trees.fillWithZeroLeaves(node)
                continue
            }
            if let table {
                unsafe lookUp(table, octet: octet, column: column, member: member, tile: node)
            } else {
                let tile = unsafe hasher.tile(member * leaves.octets + octet)
                unsafe node.update(from: tile, count: SliverTrees.tileSize)
            }
            unsafe leaves.tile(octet, column: column).update(from: node, count: SliverTrees.tileSize)
        }
    }

    private func lookUp(
        _ table: LeafTable,
        octet: Int,
        column: Int,
        member: Int,
        tile: UnsafeMutablePointer<UInt64>
    ) {
        for row in leaves.rows(octet) {
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
