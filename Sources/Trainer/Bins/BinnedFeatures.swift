import Tables
import Threads

/// Features as small integers: the value's bin, one of at most 255, or a number of its own where it is missing.
///
/// A feature with no more distinct values has a bin for each, and then trees on bins are exact; else bins are quantiles.
/// Each bin remembers the least and the greatest value in it, so that a threshold can lie in the middle of the gap
/// between two bins, where scikit-learn would put it too. One byte per row and feature, feature after feature.
struct BinnedFeatures: Sendable {
    /// The bins of one feature, of all rows.
    struct Column: Sendable {
        let bins: Slab<UInt8>
        /// Of the values in each bin.
        let least: [Float]
        let greatest: [Float]
        let hasMissing: Bool

        /// What separates the rows of `bin` and below from those of `next` and above.
        func threshold(above bin: Int, below next: Int) -> Float {
            next == BinnedFeatures.missing
                ? .greatestFiniteMagnitude : Threshold.between(greatest[bin], least[next])
        }
    }

    let columns: [Column]
    let rows: Int

    /// The bin of rows that have no value.
    static let missing: UInt8 = 255

    /// Bins `rows` of the features, a feature at a time on each thread.
    init(_ features: [Feature], rows: [Int], threads: Int) {
        let columns = Parallel.map(features.count, threads: threads, scratch: {}) { _, index in
            let values = features[index].values
            return Self.column(rows.map { values[$0] })
        }
        self.columns = columns ?? []
        self.rows = rows.count
    }

    private static func column(_ values: [Float]) -> Column {
        let edges = BinEdges(of: values)
        let bins = edges.bins(of: values)
        var least = [Float](repeating: .infinity, count: 256)
        var greatest = [Float](repeating: -.infinity, count: 256)
        for (bin, value) in zip(bins, values) {
            least[Int(bin)] = min(least[Int(bin)], value)
            greatest[Int(bin)] = max(greatest[Int(bin)], value)
        }
        return Column(
            bins: Slab(bins, padding: 0),
            least: least,
            greatest: greatest,
            hasMissing: bins.contains(missing)
        )
    }
}
