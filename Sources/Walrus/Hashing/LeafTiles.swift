/// The leaves of all n² symbols, for the trees of rows: tile (o, c) holds those of rows 8o to 8o + 7 in column c.
///
/// The tiles of an octet of rows follow one another, one more than there are columns. What is never written takes no
/// memory.
struct LeafTiles {
    /// How many octets of rows there are.
    let octets: Int
    private let matrix: SymbolMatrix
    private let words: Memory<UInt64>

    init(matrix: SymbolMatrix) throws(EncodingError) {
        self.matrix = matrix
        octets = (matrix.shape.shards + 7) / 8
        words = try Self.reserve(shards: matrix.shape.shards)
    }

    /// Memory for all tiles of so many shards.
    static func reserve(shards: Int) throws(EncodingError) -> Memory<UInt64> {
        try Memory(much: (shards + 7) / 8 * (shards + 1) * SliverTrees.tileSize)
    }

    /// The rows of an octet.
    func rows(_ octet: Int) -> Range<Int> {
        8 * octet..<min(8 * octet + 8, matrix.shape.shards)
    }

    /// Whether all rows of an octet are zero: their trees are known, and their leaves not kept.
    func isEmpty(_ octet: Int) -> Bool {
        rows(octet).allSatisfy(matrix.emptyRows.contains)
    }

    func tile(_ octet: Int, column: Int) -> UnsafeMutablePointer<UInt64> {
        unsafe words.start + (octet * (matrix.shape.shards + 1) + column) * SliverTrees.tileSize
    }
}
