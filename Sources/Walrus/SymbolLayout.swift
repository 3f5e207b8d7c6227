/// How the bytes of a symbol are field elements (reed-solomon-simd 3.1.0, `src/engine/shards.rs`).
///
/// A symbol is cut into blocks of 64 bytes, the last one shorter. The first half of a block holds the low bytes of its
/// elements, the second half their high bytes: `element[i] = block[i] | block[half + i] << 8`.
enum SymbolLayout {
    private static let blockSize = 64

    /// Reads `count` bytes of a symbol of `size` bytes; what is missing at its end is zero.
    static func load(
        _ bytes: UnsafePointer<UInt8>,
        count: Int,
        size: Int,
        into elements: UnsafeMutablePointer<UInt16>
    ) {
        for start in stride(from: 0, to: size, by: blockSize) {
            let half = min(blockSize, size - start) / 2
            for index in 0..<half {
                let low = unsafe start + index < count ? bytes[start + index] : 0
                let high = unsafe start + half + index < count ? bytes[start + half + index] : 0
                unsafe elements[start / 2 + index] = UInt16(low) | UInt16(high) << 8
            }
        }
    }

    /// Writes the elements of a symbol of `size` bytes back.
    static func store(
        _ elements: UnsafePointer<UInt16>,
        size: Int,
        into bytes: UnsafeMutablePointer<UInt8>
    ) {
        for start in stride(from: 0, to: size, by: blockSize) {
            let half = min(blockSize, size - start) / 2
            for index in 0..<half {
                let element = unsafe elements[start / 2 + index]
                unsafe bytes[start + index] = UInt8(truncatingIfNeeded: element)
                unsafe bytes[start + half + index] = UInt8(truncatingIfNeeded: element >> 8)
            }
        }
    }
}
