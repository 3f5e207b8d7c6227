/// Builds the Merkle trees of slivers (see ``MerkleTree``) with every lane full.
///
/// A tile holds eight digests, word w of digest l at `8 * w + l`. Subtrees over nothing but zero symbols are known.
struct SliverTrees {
    static let tileSize = 32
    /// How many leaves each tree has.
    let leaves: Int
    private let kernels: Kernels
    /// The root of an all-zero subtree of each level, four words each, leaves first.
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

    /// Builds eight trees at once: tile i holds leaf i of each, and there is room for one more tile.
    ///
    /// The tiles are overwritten; the first one holds the roots in the end.
    func buildAcross(_ tiles: UnsafeMutablePointer<UInt64>) {
        unsafe build(join: kernels.joinAcross, tiles: { $0 }, tiles) { count in
            unsafe (tiles + count * Self.tileSize).update(repeating: 0, count: Self.tileSize)
        }
    }

    /// Builds one tree: tile i holds leaves 8i to 8i + 7, and there is room for two more tiles.
    ///
    /// The tiles are overwritten; the first digest of the first one is the root in the end.
    func buildAlong(_ tiles: UnsafeMutablePointer<UInt64>) {
        unsafe build(join: kernels.joinAlong, tiles: { ($0 + 7) / 8 }, tiles) { count in
            for word in 0..<4 { unsafe tiles[count / 8 * Self.tileSize + 8 * word + count % 8] = 0 }
        }
    }

    /// Level by level; `pad` writes a node of zero bytes behind an odd number of nodes.
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

    /// Writes the leaf of a zero symbol eight times.
    func fillWithZeroLeaves(_ tile: UnsafeMutablePointer<UInt64>) {
        for word in 0..<4 { unsafe (tile + 8 * word).update(repeating: zeros[word], count: 8) }
    }

    /// The root of a tree over nothing but zero symbols.
    var zeroRoot: Digest {
        let tileCount = (leaves + 7) / 8
        let tiles = Memory<UInt64>((tileCount + 2) * Self.tileSize)
        for index in 0..<tileCount { unsafe fillWithZeroLeaves(tiles.start + index * Self.tileSize) }
        unsafe buildAlong(tiles.start)
        return unsafe Digest(tile: tiles.start, lane: 0)
    }
}
