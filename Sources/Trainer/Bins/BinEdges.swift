/// The upper ends of a feature's bins: a value belongs to the first bin whose end is not below it.
struct BinEdges {
    /// Bins for values; one more number stands for missing ones.
    static let maxBins = 255
    /// Quantiles are taken of this many values.
    private static let sampleSize = 100_000

    /// Ascending, without the end of the last bin; filled up with infinity, so that a search always takes 8 steps.
    private let ends: Slab<Float>
    let bins: Int

    /// A bin for each value where there are few, else quantiles.
    init(of values: [Float]) {
        let sample = RowSample.rows(Self.sampleSize, of: values.count).lazy.map { values[$0] }
        let sorted = RadixSort.sorted(sample.filter { !$0.isNaN })
        let edges = Self.distinctEdges(sorted) ?? Self.quantileEdges(sorted)
        bins = edges.count + 1
        ends = Slab(edges + [Float](repeating: .infinity, count: 256 - edges.count), padding: 0)
    }

    /// The bin of each value; ``missing`` for NaN.
    func bins(of values: [Float]) -> [UInt8] {
        values.map { $0.isNaN ? BinnedFeatures.missing : bin($0) }
    }

    /// Binary search without a branch: the number of ends below `value`.
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

    private static func distinctEdges(_ sorted: [Float]) -> [Float]? {
        var distinct: [Float] = []
        for value in sorted where value != distinct.last {
            guard distinct.count < maxBins else { return nil }
            distinct.append(value)
        }
        return zip(distinct, distinct.dropFirst()).map(Threshold.between)
    }

    private static func quantileEdges(_ sorted: [Float]) -> [Float] {
        var edges: [Float] = []
        for quantile in 1..<maxBins {
            let index = quantile * sorted.count / maxBins
            guard sorted[index - 1] < sorted[index] else { continue }
            let edge = Threshold.between(sorted[index - 1], sorted[index])
            if edge > edges.last ?? -.infinity { edges.append(edge) }
        }
        return edges
    }
}
