/// How the bytes of a symbol are field elements (reed-solomon-simd 3.1.0, `src/engine/shards.rs`).
///
/// A symbol is cut into blocks of 64 bytes, the last one shorter. The first half of a block holds the low bytes of its
/// elements, the second half their high bytes: `element[i] = block[i] | block[half + i] << 8`.
///
/// Here a symbol is handled in *slices* of two such blocks, 128 bytes as BLAKE2b takes them. All copies are of 32 bytes,
/// whatever is needed of them; what one writes too much the next one overwrites. So every slice must be followed by
/// readable memory up to 128 bytes, and every target by writable memory: 31 bytes at a plane, 32 at a slice.
enum SymbolLayout {
    static let sliceSize = 128
    private static let blockSize = 64

    /// The low bytes of a slice of `size` bytes, one after the other.
    @inline(__always)
    static func copyLowBytes(
        of slice: UnsafePointer<UInt8>,
        size: Int,
        to plane: UnsafeMutablePointer<UInt8>
    ) {
        unsafe copy32(slice, to: plane)
        if size > blockSize { unsafe copy32(slice + blockSize, to: plane + 32) }
    }

    /// The high bytes of a slice of `size` bytes, one after the other.
    @inline(__always)
    static func copyHighBytes(
        of slice: UnsafePointer<UInt8>,
        size: Int,
        to plane: UnsafeMutablePointer<UInt8>
    ) {
        unsafe copy32(slice + min(size, blockSize) / 2, to: plane)
        if size > blockSize { unsafe copy32(slice + blockSize + (size - blockSize) / 2, to: plane + 32) }
    }

    /// Puts a slice of `size` bytes together again.
    @inline(__always)
    static func join(
        low: UnsafePointer<UInt8>,
        high: UnsafePointer<UInt8>,
        size: Int,
        into slice: UnsafeMutablePointer<UInt8>
    ) {
        unsafe copy32(low, to: slice)
        unsafe copy32(high, to: slice + min(size, blockSize) / 2)
        guard size > blockSize else { return }
        unsafe copy32(low + 32, to: slice + blockSize)
        unsafe copy32(high + 32, to: slice + blockSize + (size - blockSize) / 2)
    }

    /// Copies a whole slice as it is.
    @inline(__always)
    static func copy(_ slice: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        for start in stride(from: 0, to: sliceSize, by: 32) {
            unsafe copy32(slice + start, to: target + start)
        }
    }

    /// Writes as many zeros as a slice has bytes.
    @inline(__always)
    static func clear(_ target: UnsafeMutablePointer<UInt8>) {
        for start in stride(from: 0, to: sliceSize, by: 32) {
            unsafe UnsafeMutableRawPointer(target + start).storeBytes(of: .zero, as: SIMD4<UInt64>.self)
        }
    }

    @inline(__always)
    private static func copy32(_ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        let bytes = unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<UInt64>.self)
        unsafe UnsafeMutableRawPointer(target).storeBytes(of: bytes, as: SIMD4<UInt64>.self)
    }
}
