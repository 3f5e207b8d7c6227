/// A lookup table with the leaves of all 65,536 symbols of two bytes.
///
/// The symbols of a small blob have two bytes, and with 1,000 shards there are up to a million symbols. The table
/// needs 2 MiB: four words for each digest.
struct LeafTable {
    private static let count = 65_536
    private let digests = ZeroedBuffer<UInt64>(count * 4)

    /// Whether the symbols have two bytes, and there are more symbols to hash than entries in the table.
    static func isWorthwhile(for matrix: SymbolMatrix) -> Bool {
        let shards = matrix.shape.shards
        let symbols = (shards - matrix.emptyRows.count) * (shards - matrix.emptyColumns.count)
        return matrix.symbolSize == 2 && symbols > count
    }

    init(kernels: Kernels) {
        let hasher = LeafHasher(groups: 1, kernels: kernels)
        for first in stride(from: 0, to: Self.count, by: 8) {
            unsafe hasher.update(group: 0, slice: 0, size: 2, symbolSize: 2) { lane, target in
                unsafe target[0] = UInt8(truncatingIfNeeded: first + lane)
                unsafe target[1] = UInt8(truncatingIfNeeded: first >> 8)
            }
            for lane in 0..<8 {
                for word in 0..<4 {
                    unsafe digests.start[4 * (first + lane) + word] = hasher.tile(0)[8 * word + lane]
                }
            }
        }
    }

    /// Writes the leaf of `element`, a symbol of two bytes, into one lane of a tile.
    @inline(__always)
    func copy(_ element: Int, to tile: UnsafeMutablePointer<UInt64>, lane: Int) {
        for word in 0..<4 { unsafe tile[8 * word + lane] = digests.start[4 * element + word] }
    }
}
