/// Builds the Merkle trees of slivers (see ``MerkleTree``), eight nodes at a time.
///
/// A *tile* holds eight digests: word w of digest l is at `8 * w + l`. The root of a subtree in which all symbols are
/// zero is computed once per level and not hashed again.
struct SliverTrees {
    static let tileSize = 32
    /// The number of leaves of each tree.
    let leaves: Int
    private let kernels: Kernels
    /// The root of an all-zero subtree at each level, from the leaves up; four words each.
    private let zeros: [UInt64]

    init(leaves: Int, symbolSize: Int, kernels: Kernels) {
        self.leaves = leaves
        self.kernels = kernels
        let symbol = [UInt8](repeating: 0, count: symbolSize)
        var zero = unsafe symbol.withUnsafeBufferPointer {
            unsafe BLAKE2b.hash(prefix: MerkleTree.leafPrefix, $0)
        }
        var zeros = zero.words
        for _ in 0..<(Int.bitWidth - leaves.leadingZeroBitCount) {
            zero = .join(prefix: MerkleTree.innerPrefix, zero, zero)
            zeros += zero.words
        }
        self.zeros = zeros
    }

    /// Builds eight trees at once; tile i holds leaf i of each tree.
    ///
    /// The memory must have room for one more tile. The tiles are overwritten, and the first tile then holds the
    /// roots.
    func buildAcross(_ tiles: UnsafeMutablePointer<UInt64>) {
        unsafe build(join: kernels.joinAcross, tiles: { $0 }, tiles) { count in
            unsafe (tiles + count * Self.tileSize).update(repeating: 0, count: Self.tileSize)
        }
    }

    /// Builds one tree; tile i holds leaves 8i to 8i + 7.
    ///
    /// The memory must have room for two more tiles. The tiles are overwritten, and the first digest of the first
    /// tile is then the root.
    func buildAlong(_ tiles: UnsafeMutablePointer<UInt64>) {
        unsafe build(join: kernels.joinAlong, tiles: { ($0 + 7) / 8 }, tiles) { count in
            for word in 0..<4 { unsafe tiles[count / 8 * Self.tileSize + 8 * word + count % 8] = 0 }
        }
    }

    /// Hashes level by level; `pad` appends a node of zero bytes to an odd number of nodes.
    private func build(
        join: Kernels.Join,
        tiles tileCount: (_ nodes: Int) -> Int,
        _ tiles: UnsafeMutablePointer<UInt64>,
        pad: (_ nodes: Int) -> Void
    ) {
        unsafe zeros.withUnsafeBufferPointer { zeros in
            guard var zero = zeros.baseAddress else { return }
            var nodes = leaves
            while nodes > 1 {
                if nodes % 2 == 1 { pad(nodes) }
                nodes = (nodes + 1) / 2
                unsafe join(tiles, tiles, tileCount(nodes), zero)
                unsafe zero += 4
            }
        }
    }

    /// Fills a tile with the leaf of a zero symbol.
    func fillWithZeroLeaves(_ tile: UnsafeMutablePointer<UInt64>) {
        for word in 0..<4 { unsafe (tile + 8 * word).update(repeating: zeros[word], count: 8) }
    }

    /// The root of a tree whose symbols are all zero.
    var zeroRoot: Digest {
        let tileCount = (leaves + 7) / 8
        let tiles = ZeroedBuffer<UInt64>((tileCount + 2) * Self.tileSize)
        for index in 0..<tileCount { unsafe fillWithZeroLeaves(tiles.start + index * Self.tileSize) }
        unsafe buildAlong(tiles.start)
        return unsafe Digest(tile: tiles.start, lane: 0)
    }
}
