/// Divides values into bins with about equal numbers of values; equal values are always in one bin.
///
/// A value that alone fills a bin has a bin of its own, and the other values share the bins that are left. So a feature
/// with many equal values still uses all bins. The method is that of LightGBM's `GreedyFindBin`.
struct EvenBins {
    /// The distinct values in ascending order, and how often each occurs.
    private let values: [Float]
    private let counts: [Int]
    /// Whether a value alone fills a bin.
    private let fills: [Bool]
    private let bins: Int

    /// - Parameters:
    ///   - sorted: The values in ascending order.
    ///   - bins: The largest number of bins.
    init(_ sorted: [Float], bins: Int) {
        var (values, counts): ([Float], [Int]) = ([], [])
        for value in sorted {
            if value == values.last {
                counts[counts.count - 1] += 1
            } else {
                values.append(value)
                counts.append(1)
            }
        }
        let share = Double(sorted.count) / Double(bins)
        (self.values, self.counts, self.bins) = (values, counts, bins)
        fills = counts.map { Double($0) >= share }
    }

    /// The thresholds between neighbouring bins, in ascending order.
    var edges: [Float] {
        guard values.count > bins else { return zip(values, values.dropFirst()).map(Threshold.between) }
        var edges: [Float] = []
        var shared = Shared(counts: counts, fills: fills, bins: bins)
        var inBin = 0
        for (index, next) in zip(values.indices, values.indices.dropFirst()) {
            inBin += counts[index]
            shared.pass(counts[index], fills: fills[index])
            let isFull = fills[index] || shared.isFull(inBin, before: fills[next])
            guard isFull else { continue }
            edges.append(Threshold.between(values[index], values[next]))
            guard edges.count < bins - 1 else { break }
            if !fills[index] { shared.closeBin() }
            inBin = 0
        }
        return edges
    }

    /// What is left for the values that do not fill a bin alone.
    private struct Shared {
        private var values: Int
        private var bins: Int
        private var share: Double

        init(counts: [Int], fills: [Bool], bins: Int) {
            values = zip(counts, fills).reduce(0) { $1.1 ? $0 : $0 + $1.0 }
            self.bins = bins - fills.count { $0 }
            share = Double(values) / Double(max(1, self.bins))
        }

        mutating func pass(_ count: Int, fills: Bool) { if !fills { values -= count } }

        /// Whether a bin with `count` values is full; half a share is enough before a value that needs a new bin.
        func isFull(_ count: Int, before fills: Bool) -> Bool {
            Double(count) >= share || fills && Double(count) >= max(1, share / 2)
        }

        /// Divides what is left among the bins that are left.
        mutating func closeBin() {
            bins -= 1
            share = Double(values) / Double(max(1, bins))
        }
    }
}
