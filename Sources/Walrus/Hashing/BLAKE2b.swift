/// BLAKE2b with 32 bytes of output and no key (RFC 7693), for a single message.
///
/// It runs the kernels for eight messages and ignores seven results. Use ``LeafHasher`` for many messages.
enum BLAKE2b {
    /// The hash of `prefix` followed by `bytes`.
    static func hash(
        prefix: UInt8,
        _ bytes: UnsafeBufferPointer<UInt8>,
        kernels: Kernels = .fastest
    ) -> Digest {
        let hasher = LeafHasher(groups: 1, prefix: prefix, kernels: kernels)
        for slice in 0...(bytes.count / SymbolLayout.sliceSize) {
            let start = slice * SymbolLayout.sliceSize
            let size = min(SymbolLayout.sliceSize, bytes.count - start)
            unsafe hasher.update(group: 0, slice: slice, size: size, symbolSize: bytes.count) {
                lane,
                target in
                guard lane == 0, let source = bytes.baseAddress else { return }
                unsafe target.update(from: source + start, count: size)
            }
        }
        return unsafe Digest(tile: hasher.tile(0), lane: 0)
    }
}
