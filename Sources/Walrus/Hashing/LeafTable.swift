/// The leaves of all 65,536 symbols of two bytes, of which the many symbols of a small blob are.
///
/// 2 MiB, four words a digest, made eight at a time.
struct LeafTable {
    private static let count = 65_536
    private let digests = Memory<UInt64>(count * 4)

    /// Whether there are more symbols to hash than the table has.
    static func pays(for matrix: SymbolMatrix) -> Bool {
        let shards = matrix.shape.shards
        let symbols = (shards - matrix.emptyRows.count) * (shards - matrix.emptyColumns.count)
        return matrix.symbolSize == 2 && symbols > count
    }

    init(kernels: Kernels) {
        let hasher = LeafHasher(octets: 1, kernels: kernels)
        for first in stride(from: 0, to: Self.count, by: 8) {
            unsafe hasher.absorb(octet: 0, slice: 0, size: 2, symbolSize: 2) { lane, target in
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

    /// Writes the leaf of an element into one lane of a tile.
    @inline(__always)
    func copy(_ element: Int, to tile: UnsafeMutablePointer<UInt64>, lane: Int) {
        for word in 0..<4 { unsafe tile[8 * word + lane] = digests.start[4 * element + word] }
    }
}
