/// The leaves of all n² symbols, from which the trees of rows are built.
///
/// Rows form groups of eight. Tile (g, c) holds the leaves of rows 8g to 8g + 7 in column c. The tiles of a group are
/// contiguous, with room for one more tile behind them. Tiles that are never written need no physical memory.
struct LeafTiles {
    /// The number of groups of eight rows.
    let groups: Int
    private let matrix: SymbolMatrix
    private let words: ZeroedBuffer<UInt64>

    init(matrix: SymbolMatrix) throws(EncodingError) {
        self.matrix = matrix
        groups = (matrix.shape.shards + 7) / 8
        words = try Self.allocate(shards: matrix.shape.shards)
    }

    /// Allocates all tiles for `shards` shards.
    static func allocate(shards: Int) throws(EncodingError) -> ZeroedBuffer<UInt64> {
        try ZeroedBuffer(checking: (shards + 7) / 8 * (shards + 1) * SliverTrees.tileSize)
    }

    /// The rows of a group.
    func rows(_ group: Int) -> Range<Int> {
        8 * group..<min(8 * group + 8, matrix.shape.shards)
    }

    /// Whether all symbols in the rows of a group are zero.
    ///
    /// All zero rows have the same tree, so the leaves of such a group are not needed.
    func isEmpty(_ group: Int) -> Bool {
        rows(group).allSatisfy(matrix.emptyRows.contains)
    }

    func tile(_ group: Int, column: Int) -> UnsafeMutablePointer<UInt64> {
        unsafe words.start + (group * (matrix.shape.shards + 1) + column) * SliverTrees.tileSize
    }
}
