/// Hashes symbols into leaves, `H(0x00 || symbol)`, eight at a time and slice by slice.
///
/// A message is one byte longer than its symbol, and that byte comes first: a block of BLAKE2b is the last byte of the
/// slice before, at first the prefix 0x00, and all of the slice but its own last byte. So that byte is carried on.
struct LeafHasher {
    private static let stateSize = 64
    private static let blockStride = 256

    private let kernels: Kernels
    private let initialState: [UInt64]
    /// 64 words an octet: word w of hash l at `8 * w + l`.
    private let states: Memory<UInt64>
    /// Eight bytes an octet.
    private let carries: Memory<UInt8>
    /// Eight blocks, each with room to write beyond.
    private let blocks = Memory<UInt8>(8 * blockStride)

    init(octets: Int, kernels: Kernels) {
        self.kernels = kernels
        let state = BLAKE2b.initialState
        initialState = state.indices.flatMap { [UInt64](repeating: state[$0], count: 8) }
        states = Memory(octets * Self.stateSize)
        carries = Memory(octets * 8)
    }

    /// Hashes a slice of `size` bytes (none where the symbol ends with the slice before) of each of eight symbols.
    ///
    /// `copy` writes the slice of one of the eight, and up to 32 bytes beyond.
    @inline(__always)
    func absorb(
        octet: Int,
        slice: Int,
        size: Int,
        symbolSize: Int,
        copy: (_ lane: Int, _ target: UnsafeMutablePointer<UInt8>) -> Void
    ) {
        let state = unsafe tile(octet)
        if slice == 0 { start(octet) }
        for lane in 0..<8 {
            let block = unsafe blocks.start + lane * Self.blockStride
            unsafe block[0] = carries.start[octet * 8 + lane]
            unsafe copy(lane, block + 1)
            if size < SymbolLayout.sliceSize { unsafe SymbolLayout.clear(block + 1 + size) }
            unsafe carries.start[octet * 8 + lane] = block[SymbolLayout.sliceSize]
        }
        let isLast = size < SymbolLayout.sliceSize
        let total = isLast ? symbolSize + 1 : (slice + 1) * SymbolLayout.sliceSize
        unsafe kernels.absorb(blocks.start, state, UInt64(total), isLast)
    }

    /// The eight leaves, once all slices are hashed.
    @inline(__always)
    func tile(_ octet: Int) -> UnsafeMutablePointer<UInt64> {
        unsafe states.start + octet * Self.stateSize
    }

    private func start(_ octet: Int) {
        unsafe tile(octet).update(from: initialState, count: Self.stateSize)
        unsafe (carries.start + octet * 8).update(repeating: MerkleTree.leafPrefix, count: 8)
    }
}
