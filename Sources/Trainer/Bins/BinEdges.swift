/// The upper edges of a feature's bins: a value belongs to the first bin whose edge is not below it.
struct BinEdges {
    /// The largest number of bins of a feature, without the bin of missing values.
    static let maxBins = 255
    /// The number of rows in the sample that the edges are computed from.
    private static let sampleSize = 100_000

    /// The edges in ascending order; the last bin has no edge.
    ///
    /// Padded with infinity, so that a search always has 8 steps.
    private let ends: Slab<Float>
    let bins: Int

    /// Makes one bin per distinct value of a sample; if there are more than ``maxBins``, each bin has about as many
    /// rows of the sample, as ``EvenBins`` says.
    init(of values: [Float]) {
        let sample = RowSample.rows(Self.sampleSize, of: values.count).lazy.map { values[$0] }
        let sorted = RadixSort.sorted(sample.filter { !$0.isNaN })
        let edges = EvenBins(sorted, bins: Self.maxBins).edges
        bins = edges.count + 1
        ends = Slab(edges + [Float](repeating: .infinity, count: 256 - edges.count), padding: 0)
    }

    /// The bin of each value; ``BinnedFeatures/missing`` for NaN.
    func bins(of values: [Float]) -> [UInt8] {
        values.map { $0.isNaN ? BinnedFeatures.missing : bin($0) }
    }

    /// The number of edges below `value`, by a binary search without branches.
    @inline(__always)
    private func bin(_ value: Float) -> UInt8 {
        var low = 0
        var step = 128
        while step > 0 {
            low &+= unsafe ends.base[low &+ step &- 1] < value ? step : 0
            step >>= 1
        }
        return UInt8(truncatingIfNeeded: low)
    }
}
