/// Converts between the bytes of a symbol and field elements (reed-solomon-simd 3.1.0, `src/engine/shards.rs`).
///
/// A symbol is divided into blocks of 64 bytes; the last one may be shorter. The first half of a block holds the low
/// bytes of its elements, the second half their high bytes: `element[i] = block[i] | block[half + i] << 8`.
///
/// This code processes a symbol in *slices* of two such blocks, which is one BLAKE2b block of 128 bytes. Every copy
/// moves 32 bytes, even if fewer are needed; the next copy overwrites the excess. Therefore 128 bytes from the start
/// of a slice must be readable, and memory behind a target must be writable: 31 bytes behind a plane, 32 behind a
/// slice.
enum SymbolLayout {
    static let sliceSize = 128
    private static let blockSize = 64

    /// Copies the low bytes of a slice of `size` bytes to `plane`.
    @inline(__always)
    static func copyLowBytes(
        of slice: UnsafePointer<UInt8>,
        size: Int,
        to plane: UnsafeMutablePointer<UInt8>
    ) {
        unsafe copy32(slice, to: plane)
        if size > blockSize { unsafe copy32(slice + blockSize, to: plane + 32) }
    }

    /// Copies the high bytes of a slice of `size` bytes to `plane`.
    @inline(__always)
    static func copyHighBytes(
        of slice: UnsafePointer<UInt8>,
        size: Int,
        to plane: UnsafeMutablePointer<UInt8>
    ) {
        unsafe copy32(slice + min(size, blockSize) / 2, to: plane)
        if size > blockSize { unsafe copy32(slice + blockSize + (size - blockSize) / 2, to: plane + 32) }
    }

    /// Writes a slice of `size` bytes from its low and high bytes.
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

    /// Copies 128 bytes.
    @inline(__always)
    static func copy(_ slice: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        for start in stride(from: 0, to: sliceSize, by: 32) {
            unsafe copy32(slice + start, to: target + start)
        }
    }

    /// Writes 128 zero bytes.
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
