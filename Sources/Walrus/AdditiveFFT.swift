/// The additive FFT of Lin, Chung and Han over GF(2^16), on whole vectors of elements at once.
///
/// `points` holds `size` vectors of `width` elements, one after the other; each lane of the vectors is transformed on
/// its own. With `d = 2^t`, groups of `2d` vectors from `r` on share the factor `q = (r + base) >> t`, an integer read
/// as a field element (q = 0: no product), so that one product table serves `d * width` products.
///
///     inverse:  a[i+d] ^= a[i];         a[i] ^= q (x) a[i+d]      d = 1, 2, 4, …, size/2
///     forward:  a[i] ^= q (x) a[i+d];   a[i+d] ^= a[i]            d = size/2, …, 2, 1
///
/// `size * log2(size) / 2 * width` products each. Source: "Novel Polynomial Basis and Its Application to Reed-Solomon
/// Erasure Codes" (FOCS 2014); the order of factors is that of reed-solomon-simd 3.1.0, `src/engine.rs`.
struct AdditiveFFT {
    /// A power of two.
    let size: Int
    /// How many elements a vector has.
    let width: Int
    private let field = GaloisField.shared
    private let table = ProductTable()

    init(size: Int, width: Int) {
        precondition(size.nonzeroBitCount == 1, "the size of an FFT is a power of two")
        self.size = size
        self.width = width
    }

    func inverse(_ points: UnsafeMutablePointer<UInt16>, base: Int) {
        var distance = 1
        while distance < size {
            for start in stride(from: 0, to: size, by: 2 * distance) {
                let lower = unsafe points + start * width
                let upper = unsafe lower + distance * width
                unsafe add(lower, to: upper, count: distance * width)
                unsafe addProduct(of: upper, to: lower, factor: start + base, distance: distance)
            }
            distance *= 2
        }
    }

    func forward(_ points: UnsafeMutablePointer<UInt16>, base: Int) {
        var distance = size / 2
        while distance > 0 {
            for start in stride(from: 0, to: size, by: 2 * distance) {
                let lower = unsafe points + start * width
                let upper = unsafe lower + distance * width
                unsafe addProduct(of: upper, to: lower, factor: start + base, distance: distance)
                unsafe add(lower, to: upper, count: distance * width)
            }
            distance /= 2
        }
    }

    /// `target[i] ^= source[i]`.
    func add(_ source: UnsafeMutablePointer<UInt16>, to target: UnsafeMutablePointer<UInt16>, count: Int) {
        for index in 0..<count { unsafe target[index] ^= source[index] }
    }

    private func addProduct(
        of source: UnsafeMutablePointer<UInt16>,
        to target: UnsafeMutablePointer<UInt16>,
        factor: Int,
        distance: Int
    ) {
        let factor = factor >> distance.trailingZeroBitCount
        guard factor != 0 else { return }
        table.set(UInt16(factor), in: field)
        let low = unsafe table.entries
        let high = unsafe table.entries + 256
        for index in 0..<(distance * width) {
            let element = unsafe source[index]
            unsafe target[index] ^= low[Int(element & 255)] ^ high[Int(element >> 8)]
        }
    }
}
