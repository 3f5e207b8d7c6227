/// Features as small integers: the value's bin, one of at most 255.
///
/// A feature with no more distinct values has a bin for each, and then a forest on bins is exact; else bins are
/// quantiles. Each bin remembers the least and the greatest value in it, so that a threshold can lie in the middle of
/// the gap between two bins, where scikit-learn would put it too.
struct BinnedFeatures: Sendable {
    /// The bins of one feature, of all rows.
    struct Column: Sendable {
        var bins: [UInt8]
        var least: [Float]
        var greatest: [Float]
    }

    let columns: [Column]

    static let maxBins = 255
    /// Quantiles are taken of at most this many values.
    private static let sampleSize = 100_000

    init(_ values: [[Float]], rows: [Int]) {
        columns = values.map { Self.bin($0, rows: rows) }
    }

    private static func bin(_ values: [Float], rows: [Int]) -> Column {
        let edges = edges(of: values, rows: rows)
        var column = Column(
            bins: [UInt8](repeating: 0, count: rows.count),
            least: [Float](repeating: .infinity, count: edges.count + 1),
            greatest: [Float](repeating: -.infinity, count: edges.count + 1)
        )
        for (index, row) in rows.enumerated() {
            let value = values[row]
            let bin = lowerBound(edges, value)
            column.bins[index] = UInt8(bin)
            column.least[bin] = min(column.least[bin], value)
            column.greatest[bin] = max(column.greatest[bin], value)
        }
        return column
    }

    /// The upper ends of all bins but the last, ascending: a value belongs to the first bin whose end is not below it.
    private static func edges(of values: [Float], rows: [Int]) -> [Float] {
        let step = max(1, rows.count / sampleSize)
        let sorted = stride(from: 0, to: rows.count, by: step).map { values[rows[$0]] }.sorted()
        var distinct: [Float] = []
        for value in sorted where value != distinct.last { distinct.append(value) }
        if distinct.count <= maxBins { return zip(distinct, distinct.dropFirst()).map(Threshold.between) }
        var edges: [Float] = []
        for quantile in 1..<maxBins {
            let index = quantile * sorted.count / maxBins
            guard sorted[index - 1] < sorted[index] else { continue }
            let edge = Threshold.between(sorted[index - 1], sorted[index])
            if edge > edges.last ?? -.infinity { edges.append(edge) }
        }
        return edges
    }

    private static func lowerBound(_ edges: [Float], _ value: Float) -> Int {
        var (low, high) = (0, edges.count)
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Where a split cuts: rows with `value <= threshold` go left.
enum Threshold {
    /// The middle of the gap above `low`, in 32 bits; `low` itself where there is nothing between.
    static func between(_ low: Float, _ high: Float) -> Float {
        let middle = low / 2 + high / 2
        return middle >= low && middle < high ? middle : low
    }
}
