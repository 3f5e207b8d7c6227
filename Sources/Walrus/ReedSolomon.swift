/// The systematic Reed-Solomon code that Walrus uses for rows and columns (reed-solomon-simd 3.1.0, `src/rate`).
///
/// From `data` vectors it makes `repair` vectors. Two rates exist, which are not compatible: with `kp` and `rp` the
/// next powers of two, *high* where kp > rp or (kp == rp and data <= repair), else *low*.
struct ReedSolomon {
    let data: Int
    let repair: Int
    let isHighRate: Bool
    /// The size of its transforms: one chunk.
    let chunk: Int
    /// How many chunks its input (high rate) or output (low rate) has.
    let chunks: Int

    init(data: Int, repair: Int) {
        let (dataPower, repairPower) = (Self.nextPowerOfTwo(data), Self.nextPowerOfTwo(repair))
        self.data = data
        self.repair = repair
        isHighRate = dataPower > repairPower || dataPower == repairPower && data <= repair
        chunk = isHighRate ? repairPower : dataPower
        chunks = ((isHighRate ? data : repair) + chunk - 1) / chunk
    }

    /// How many vectors the work area of ``encode(_:width:)`` has: chunks of input or output, and one more.
    var workVectors: Int { (chunks + 1) * chunk }

    /// Replaces the `data` vectors at the start of `work` by the `repair` vectors, each of `width` elements.
    ///
    /// What lies behind the data up to ``workVectors`` must be zero, and is garbage afterwards.
    func encode(_ work: UnsafeMutablePointer<UInt16>, width: Int) {
        let transform = AdditiveFFT(size: chunk, width: width)
        let stride = chunk * width
        if isHighRate {
            unsafe transform.inverse(work, base: chunk)
            for index in 1..<max(chunks, 1) {
                let next = unsafe work + index * stride
                unsafe transform.inverse(next, base: (index + 1) * chunk)
                unsafe transform.add(next, to: work, count: stride)
            }
            unsafe transform.forward(work, base: 0)
        } else {
            unsafe transform.inverse(work, base: 0)
            for index in (0..<chunks).reversed() {
                let copy = unsafe work + index * stride
                if index > 0 { unsafe copy.update(from: work, count: stride) }
                unsafe transform.forward(copy, base: (index + 1) * chunk)
            }
        }
    }

    private static func nextPowerOfTwo(_ value: Int) -> Int {
        value <= 1 ? 1 : 1 << (Int.bitWidth - (value - 1).leadingZeroBitCount)
    }
}
