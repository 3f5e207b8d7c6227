/// The additive FFT of Lin, Chung and Han over GF(2^16), applied to many inputs side by side.
///
/// Input is a contiguous array of `size` vectors with `width` elements each. A vector is stored as a plane of low
/// bytes and a plane of high bytes. Transform e operates on element e of every vector. A transform of `2d = 2^(t+1)`
/// vectors at position `base` consists of two transforms of half the size and `d` butterflies with the factor
/// `q = base >> t`, an integer that is read as a field element; `(x)` multiplies field elements. q is even, because
/// `base` is a multiple of 2d. If q = 0, a butterfly is one addition.
///
///     inverse:  both halves;   a[i+d] ^= a[i];         a[i] ^= q (x) a[i+d]
///     forward:  a[i] ^= q (x) a[i+d];   a[i+d] ^= a[i];   both halves
///
/// Cost: `size * log2(size) / 2 * width` products, minus the products in halves that are zero or not needed. The
/// depth-first order keeps small transforms in the level 1 cache. Source: "Novel Polynomial Basis and Its Application
/// to Reed-Solomon Erasure Codes" (FOCS 2014); the order of the factors is that of reed-solomon-simd 3.1.0,
/// `src/engine.rs`.
struct AdditiveFFT {
    let kernels: Kernels
    let tables: ProductTables
    /// The number of elements in a vector, a multiple of 64.
    let width: Int

    /// Computes the inverse transform of `size` vectors; `size` is a power of two.
    ///
    /// Vectors from index `count` on must be zero.
    func inverse(_ vectors: UnsafeMutablePointer<UInt8>, size: Int, base: Int, count: Int) {
        guard size > 1, count > 0 else { return }
        let half = size / 2
        unsafe inverse(vectors, size: half, base: base, count: min(count, half))
        unsafe inverse(vectors + half * stride, size: half, base: base + half, count: count - half)
        let factor = base >> half.trailingZeroBitCount
        guard factor != 0 else { return unsafe add(vectors, to: vectors + half * stride, count: half) }
        unsafe kernels.butterflyInverse(vectors, half, width, tables[factor])
    }

    /// Computes the forward transform of `size` vectors; `size` is a power of two.
    ///
    /// Vectors from index `count` on have no meaning afterwards.
    func forward(_ vectors: UnsafeMutablePointer<UInt8>, size: Int, base: Int, count: Int) {
        guard size > 1, count > 0 else { return }
        let half = size / 2
        let factor = base >> half.trailingZeroBitCount
        if factor == 0 {
            unsafe add(vectors, to: vectors + half * stride, count: half)
        } else {
            unsafe kernels.butterflyForward(vectors, half, width, tables[factor])
        }
        unsafe forward(vectors, size: half, base: base, count: min(count, half))
        unsafe forward(vectors + half * stride, size: half, base: base + half, count: count - half)
    }

    /// `target[i] ^= source[i]` for `count` vectors that do not overlap.
    func add(_ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, count: Int) {
        for index in 0..<(count * stride) { unsafe target[index] ^= source[index] }
    }

    /// The distance between consecutive vectors in bytes.
    private var stride: Int { 2 * width }
}
