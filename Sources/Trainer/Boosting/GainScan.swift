/// Finds where to cut a leaf: the cut under which the loss falls most.
///
/// A side with slope G and curvature H gains G² / (H + λ), to second order; a cut gains what its sides do more than the
/// leaf as a whole (Friedman 2001, Chen and Guestrin 2016). Rows of a side are taken to be its share of the curvature, as
/// LightGBM does; whoever splits counts them.
struct GainScan {
    let packing: PackedGradients
    let l2: Double
    let minRows: Int

    /// As little curvature as LightGBM lets a side have.
    private static let minCurvature = 1e-3

    /// What a leaf is made of.
    struct Total: Sendable {
        var sum: Int64
        var rows: Int
    }

    /// Slope, curvature and what they gain.
    private struct Side {
        let slope: Double
        let curvature: Double

        @inline(__always)
        func gain(_ l2: Double) -> Double { slope * slope / (curvature + l2) }
    }

    /// The best cut of one feature by its 256 sums; its score is what the loss falls by.
    func bestCut(_ sums: UnsafePointer<Int64>, of leaf: Total) -> Cut? {
        let hasMissing = unsafe sums[Int(BinnedFeatures.missing)] != 0
        return Cut.best(hasMissing: hasMissing) { unsafe scan(sums, leaf, missing: $0) }
    }

    /// Moves bin after bin to the left side.
    private func scan(_ sums: UnsafePointer<Int64>, _ leaf: Total, missing: Cut.Side?) -> Cut? {
        let whole = side(leaf.sum)
        let parent = whole.gain(l2)
        let least = max(Self.minCurvature, whole.curvature * Double(minRows) / Double(leaf.rows))
        var left = missing == .left ? unsafe sums[Int(BinnedFeatures.missing)] : 0
        var best = BestCut(above: 0, missing: missing)
        for bin in 0..<BinEdges.maxBins {
            let sum = unsafe sums[bin]
            guard sum != 0 else { continue }
            left &+= sum
            best.pass(bin)
            let before = side(left)
            let after = Side(slope: whole.slope - before.slope, curvature: whole.curvature - before.curvature)
            guard before.curvature >= least, after.curvature >= least else { continue }
            best.offer(before.gain(l2) + after.gain(l2) - parent, behind: bin)
        }
        return best.found
    }

    @inline(__always)
    private func side(_ sum: Int64) -> Side {
        Side(slope: packing.slope(sum), curvature: packing.curvature(sum))
    }
}
