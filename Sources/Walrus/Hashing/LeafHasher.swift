/// Hashes symbols to Merkle leaves, `H(0x00 || symbol)`.
///
/// A call of `update` hashes one slice (at most 128 bytes) of each of eight symbols.
///
/// A message is one byte longer than its symbol, because of the prefix. A BLAKE2b block therefore starts with the
/// last byte of the preceding slice; the first block starts with the prefix. The slice without its last byte follows.
/// The last byte is stored until the next block.
struct LeafHasher {
    private static let stateSize = 64
    private static let blockStride = 256

    private let kernels: Kernels
    private let prefix: UInt8
    /// 64 words per group: word w of hash l is at `8 * w + l`.
    private let states: ZeroedBuffer<UInt64>
    /// The stored bytes, eight per group.
    private let carries: ZeroedBuffer<UInt8>
    /// Eight blocks, each followed by writable memory.
    private let blocks = ZeroedBuffer<UInt8>(8 * blockStride)

    /// Makes room for `groups` groups of eight messages.
    init(groups: Int, prefix: UInt8 = MerkleTree.leafPrefix, kernels: Kernels) {
        self.kernels = kernels
        self.prefix = prefix
        states = ZeroedBuffer(groups * Self.stateSize)
        carries = ZeroedBuffer(groups * 8)
    }

    /// Hashes one slice of each of the eight symbols of `group`.
    ///
    /// `size` is the number of bytes in this slice; it is 0 for the additional last block of a symbol whose size is a
    /// multiple of the slice size. `copy` writes the slice of one symbol to `target`; it may write up to 32 further
    /// bytes.
    @inline(__always)
    func update(
        group: Int,
        slice: Int,
        size: Int,
        symbolSize: Int,
        copy: (_ lane: Int, _ target: UnsafeMutablePointer<UInt8>) -> Void
    ) {
        let state = unsafe tile(group)
        if slice == 0 { start(group) }
        for lane in 0..<8 {
            let block = unsafe blocks.start + lane * Self.blockStride
            unsafe block[0] = carries.start[group * 8 + lane]
            unsafe copy(lane, block + 1)
            if size < SymbolLayout.sliceSize { unsafe SymbolLayout.clear(block + 1 + size) }
            unsafe carries.start[group * 8 + lane] = block[SymbolLayout.sliceSize]
        }
        let isLast = size < SymbolLayout.sliceSize
        let total = isLast ? symbolSize + 1 : (slice + 1) * SymbolLayout.sliceSize
        unsafe kernels.compress(blocks.start, state, UInt64(total), isLast)
    }

    /// The eight leaves of `group`, after all slices were hashed.
    @inline(__always)
    func tile(_ group: Int) -> UnsafeMutablePointer<UInt64> {
        unsafe states.start + group * Self.stateSize
    }

    private func start(_ group: Int) {
        unsafe kernels.initialize(tile(group))
        unsafe (carries.start + group * 8).update(repeating: prefix, count: 8)
    }
}
