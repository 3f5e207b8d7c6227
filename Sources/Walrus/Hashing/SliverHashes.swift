/// The Merkle roots of a blob's slivers, in the order of the sliver pairs.
struct SliverHashes: Equatable, Sendable {
    /// Entry i is the root of row i.
    var primary: [Digest]
    /// Entry i is the root of column n - 1 - i, where n is the number of pairs.
    ///
    /// A pair consists of row i and that column.
    var secondary: [Digest]

    /// The root of the tree whose leaves are `H(0x00 || primary || secondary)` of each pair.
    func root(kernels: Kernels = .fastest) -> Digest {
        let groups = (primary.count + 7) / 8
        let nodes = ZeroedBuffer<UInt64>((groups + 2) * SliverTrees.tileSize)
        let hasher = LeafHasher(groups: 1, kernels: kernels)
        for group in 0..<groups {
            unsafe hasher.update(group: 0, slice: 0, size: 64, symbolSize: 64) { lane, target in
                let pair = 8 * group + lane
                guard pair < primary.count else { return }
                unsafe primary[pair].store(at: target)
                unsafe secondary[pair].store(at: target + 32)
            }
            let tile = unsafe nodes.start + group * SliverTrees.tileSize
            unsafe tile.update(from: hasher.tile(0), count: SliverTrees.tileSize)
        }
        unsafe SliverTrees(leaves: primary.count, symbolSize: 64, kernels: kernels).buildAlong(nodes.start)
        return unsafe Digest(tile: nodes.start, lane: 0)
    }
}
