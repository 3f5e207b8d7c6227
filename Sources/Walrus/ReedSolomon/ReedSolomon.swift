/// The systematic Reed-Solomon code of Walrus' rows and columns (reed-solomon-simd 3.1.0, `src/rate`).
///
/// It computes `repair` vectors from `data` vectors. There are two incompatible variants. With `kp` and `rp` as the
/// next powers of two of `data` and `repair`, the *high* rate applies if kp > rp or (kp == rp and data <= repair),
/// otherwise the *low* rate.
struct ReedSolomon {
    let data: Int
    let repair: Int
    let isHighRate: Bool
    /// The number of vectors in a chunk.
    ///
    /// Each transform has this size.
    let chunk: Int
    /// The number of chunks in the input (high rate) or in the output (low rate).
    let chunks: Int
    private let kernels: Kernels
    private let tables: ProductTables

    init(data: Int, repair: Int, kernels: Kernels) {
        let (dataPower, repairPower) = (Self.nextPowerOfTwo(data), Self.nextPowerOfTwo(repair))
        self.data = data
        self.repair = repair
        isHighRate = dataPower > repairPower || dataPower == repairPower && data <= repair
        chunk = isHighRate ? repairPower : dataPower
        chunks = ((isHighRate ? data : repair) + chunk - 1) / chunk
        self.kernels = kernels
        tables = ProductTables(below: (chunks + 1) * chunk)
    }

    /// The number of vectors in the work area of ``encode(_:width:count:)``.
    var workVectors: Int { chunks * chunk }

    /// Replaces the `data` vectors at the start of `work` by the `repair` vectors; each has `width` elements.
    ///
    /// The vectors from index `count` up to ``workVectors`` must be zero. The vectors behind the repair vectors have
    /// no meaning afterwards. A vector has the layout that ``AdditiveFFT`` describes.
    func encode(_ work: UnsafeMutablePointer<UInt8>, width: Int, count: Int) {
        let transform = AdditiveFFT(kernels: kernels, tables: tables, width: width)
        let stride = chunk * width * 2
        if isHighRate {
            unsafe transform.inverse(work, size: chunk, base: chunk, count: min(count, chunk))
            for index in 1..<max(chunks, 1) where index * chunk < count {
                let next = unsafe work + index * stride
                let base = (index + 1) * chunk
                unsafe transform.inverse(
                    next,
                    size: chunk,
                    base: base,
                    count: min(count - index * chunk, chunk)
                )
                unsafe transform.add(next, to: work, count: chunk)
            }
            unsafe transform.forward(work, size: chunk, base: 0, count: repair)
        } else {
            unsafe transform.inverse(work, size: chunk, base: 0, count: count)
            for index in (0..<chunks).reversed() {
                let copy = unsafe work + index * stride
                if index > 0 { unsafe copy.update(from: work, count: stride) }
                let wanted = min(repair - index * chunk, chunk)
                unsafe transform.forward(copy, size: chunk, base: (index + 1) * chunk, count: wanted)
            }
        }
    }

    private static func nextPowerOfTwo(_ value: Int) -> Int {
        value <= 1 ? 1 : 1 << (Int.bitWidth - (value - 1).leadingZeroBitCount)
    }
}
