import Tables
import Threads

/// The features as bins: one byte per feature and row.
///
/// The byte is the number of a bin, 0 to 254, or 255 for a missing value.
///
/// A feature with at most 255 distinct values has a bin for each value, so that trees on bins are exact. Otherwise the
/// bins have about equal numbers of rows (``EvenBins``). (``BinEdges`` looks at a sample of the values only.) The least
/// and the greatest value of each bin are stored, so that a threshold lies in the middle of the gap between two bins, as
/// in scikit-learn.
struct BinnedFeatures: Sendable {
    /// The bins of one feature in all rows.
    struct Column: Sendable {
        let bins: Slab<UInt8>
        /// The least value in each bin.
        let least: [Float]
        /// The greatest value in each bin.
        let greatest: [Float]
        let hasMissing: Bool

        /// The threshold that separates the bins up to `bin` from the bins from `next` on.
        ///
        /// If `next` is the bin of missing values, every present value is below the threshold or equal to it.
        func threshold(above bin: Int, below next: Int) -> Float {
            next == BinnedFeatures.missing
                ? .greatestFiniteMagnitude : Threshold.between(greatest[bin], least[next])
        }
    }

    let columns: [Column]
    let rows: Int

    /// The bin of a missing value.
    static let missing: UInt8 = 255

    /// Bins `rows` of the features; each thread bins one feature at a time.
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
