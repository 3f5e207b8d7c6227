/// Finds the best cuts of two sibling leaves.
///
/// All threads work on the same two leaves.
struct LeafSearch: Sendable {
    /// A leaf whose cuts are searched for.
    struct Candidate: Sendable {
        let rows: Int
        let histogram: GradientHistogram
        /// Whether the leaf may be split; otherwise only its histogram is computed.
        let canSplit: Bool
    }

    /// A feature and its best cut.
    struct FeatureCut: Sendable {
        let feature: Int
        let cut: Cut
    }

    /// The cuts of two sibling leaves, one per feature that can split the leaf.
    struct SiblingCuts {
        var smaller: [FeatureCut]
        var larger: [FeatureCut]
        /// The sum of the packed gradients of the smaller leaf.
        let smallerSum: Int64
        /// The sum of the packed gradients of the larger leaf.
        let largerSum: Int64
    }

    let order: RowOrder
    private let training: BoostTrainingData
    private let bins: BinRows
    private let scan: GainScan
    /// A histogram for each thread except the first; the first thread uses the histogram of the smaller leaf.
    private let partial: [GradientHistogram]

    /// If a thread would have fewer additions (rows times features) than this, fewer threads work.
    private static let additionsPerThread = 1 << 16

    init(_ training: BoostTrainingData) {
        self.training = training
        order = RowOrder(capacity: training.features.rows, threads: training.threads)
        bins = BinRows(training.features, threads: training.threads.count)
        scan = GainScan(
            packing: training.packing,
            l2: training.parameters.l2,
            minRows: training.parameters.minSamplesLeaf,
            isWeighted: training.target.isWeighted
        )
        let count = training.features.columns.count
        partial = (1..<max(training.threads.count, 2)).map { _ in GradientHistogram(features: count) }
    }

    /// Computes the histograms of both leaves, and returns the best cuts of each leaf by `features`.
    ///
    /// The smaller leaf has the rows `order.rows[range]`. The larger leaf's histogram must contain the sums of the
    /// parent; the sums of the smaller leaf are subtracted from them.
    func cuts(
        _ range: Range<Int>,
        smaller: Candidate,
        larger: Candidate?,
        features: [Int]
    ) -> SiblingCuts {
        let parts = parts(of: range)
        let counts = [smaller.histogram] + partial.prefix(parts.count - 1)
        training.threads.each(parts.count) {
            counts[$0].fill(parts[$0], of: order.rows, training.gradients, bins)
        }
        let total = counts.reduce(0) { $0 &+ $1.total }
        let rest = larger.map { $0.histogram.total &- total } ?? 0
        let columns = training.features.columns.count
        let found = Slab(repeating: CutPair(), count: columns)
        let isWanted = features.reduce(into: [Bool](repeating: false, count: columns)) { $0[$1] = true }
        training.threads.ranges(columns, atLeast: 4) { share in
            for feature in share {
                // The histograms are also computed for features that are not wanted, because a histogram's total is
                // read from the first feature.
                for other in counts.dropFirst() { smaller.histogram.add(other, feature) }
                larger?.histogram.subtract(smaller.histogram, feature)
                guard isWanted[feature] else { continue }
                unsafe found.base[feature].smaller = bestCut(smaller, total, feature)
                guard let larger else { continue }
                unsafe found.base[feature].larger = bestCut(larger, rest, feature)
            }
        }
        let cuts = found.array.enumerated()
        return SiblingCuts(
            smaller: cuts.compactMap { feature, pair in pair.smaller.map { .init(feature: feature, cut: $0) }
            },
            larger: cuts.compactMap { feature, pair in pair.larger.map { .init(feature: feature, cut: $0) } },
            smallerSum: total,
            largerSum: rest
        )
    }

    private struct CutPair: BitwiseCopyable {
        var smaller: Cut?
        var larger: Cut?
    }

    private func bestCut(_ leaf: Candidate, _ sum: Int64, _ feature: Int) -> Cut? {
        guard leaf.canSplit else { return nil }
        return unsafe scan.bestCut(
            leaf.histogram.sums.base + 256 * feature,
            of: .init(sum: sum, rows: leaf.rows)
        )
    }

    /// The best cut of the leaf with the rows `order.rows[range]` by one feature, of those cuts that leave enough rows on
    /// each side; the rows are counted.
    func countedCut(_ range: Range<Int>, _ histogram: GradientHistogram, _ feature: Int) -> FeatureCut? {
        let (rows, bins) = unsafe (order.rows.base, training.features.columns[feature].bins.base)
        var counts = [Int](repeating: 0, count: 256)
        for index in range { counts[unsafe Int(bins[Int(rows[index])])] += 1 }
        let cut = unsafe scan.bestCut(
            histogram.sums.base + 256 * feature,
            of: .init(sum: histogram.total, rows: range.count),
            counts: counts
        )
        return cut.map { FeatureCut(feature: feature, cut: $0) }
    }

    /// Divides a range into one part per thread, or into fewer parts if there is too little work for all threads.
    private func parts(of range: Range<Int>) -> [Range<Int>] {
        let additions = range.count * training.features.columns.count
        let count = max(1, min(training.threads.count, additions / Self.additionsPerThread))
        return (0..<count).map { part in
            let (start, end) = (range.count * part / count, range.count * (part + 1) / count)
            return range.lowerBound + start..<range.lowerBound + end
        }
    }
}
