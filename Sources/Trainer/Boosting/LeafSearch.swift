/// Looks for the best cuts of two sibling leaves, all threads working on the same pair.
struct LeafSearch: Sendable {
    /// A leaf that may be cut.
    struct Candidate: Sendable {
        let rows: Int
        let histogram: GradientHistogram
        let isOpen: Bool
    }

    /// A feature and its best cut.
    struct FeatureCut: Sendable {
        let feature: Int
        let cut: Cut
    }

    /// What was found out about two leaves.
    struct Finding {
        var smaller: [FeatureCut]
        var larger: [FeatureCut]
        /// Of the gradients of their rows.
        let smallerSum: Int64
        let largerSum: Int64
    }

    let order: RowOrder
    private let ground: BoostGround
    private let bins: BinRows
    private let scan: GainScan
    /// What other threads than the first count.
    private let partial: [GradientHistogram]

    /// Rows times features below which a second thread costs more than it brings.
    private static let worthSharing = 1 << 16

    init(_ ground: BoostGround) {
        self.ground = ground
        order = RowOrder(capacity: ground.features.rows, crew: ground.crew)
        bins = BinRows(ground.features, threads: ground.crew.threads)
        scan = GainScan(
            packing: ground.packing,
            l2: ground.parameters.l2,
            minRows: ground.parameters.minSamplesLeaf
        )
        let count = ground.features.columns.count
        partial = (1..<max(ground.crew.threads, 2)).map { _ in GradientHistogram(features: count) }
    }

    /// Counts the rows at `range` for the smaller leaf, leaves the larger one what remains of their parent, whose sums it
    /// holds, and returns the cuts of both among `features`.
    func cuts(
        _ range: Range<Int>,
        smaller: Candidate,
        larger: Candidate?,
        features: [Int]
    ) -> Finding {
        let parts = parts(of: range)
        let counts = [smaller.histogram] + partial.prefix(parts.count - 1)
        ground.crew.each(parts.count) { counts[$0].fill(parts[$0], of: order.rows, ground.gradients, bins) }
        let total = counts.reduce(0) { $0 &+ $1.total }
        let rest = larger.map { $0.histogram.total &- total } ?? 0
        let columns = ground.features.columns.count
        let found = Slab(repeating: CutPair(), count: columns)
        let isWanted = features.reduce(into: [Bool](repeating: false, count: columns)) { $0[$1] = true }
        ground.crew.ranges(columns, atLeast: 4) { share in
            for feature in share {
                // Of features that are not wanted here, too: leaves below need their parent's sums.
                for other in counts.dropFirst() { smaller.histogram.add(other, feature) }
                larger?.histogram.subtract(smaller.histogram, feature)
                guard isWanted[feature] else { continue }
                unsafe found.base[feature].smaller = bestCut(smaller, total, feature)
                guard let larger else { continue }
                unsafe found.base[feature].larger = bestCut(larger, rest, feature)
            }
        }
        let cuts = found.array.enumerated()
        return Finding(
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
        guard leaf.isOpen else { return nil }
        return unsafe scan.bestCut(
            leaf.histogram.sums.base + 256 * feature,
            of: .init(sum: sum, rows: leaf.rows)
        )
    }

    /// Cuts a range into one for each thread, as far as that is worth it.
    private func parts(of range: Range<Int>) -> [Range<Int>] {
        let additions = range.count * ground.features.columns.count
        let count = max(1, min(ground.crew.threads, additions / Self.worthSharing))
        return (0..<count).map { part in
            let (start, end) = (range.count * part / count, range.count * (part + 1) / count)
            return range.lowerBound + start..<range.lowerBound + end
        }
    }
}
