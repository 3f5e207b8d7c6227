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
        let missing = unsafe sums[Int(BinnedFeatures.missing)]
        guard missing != 0 else { return unsafe scan(sums, leaf, 0, missing: nil) }
        let right = unsafe scan(sums, leaf, 0, missing: .right)
        let left = unsafe scan(sums, leaf, missing, missing: .left)
        return left?.score ?? 0 > right?.score ?? 0 ? left : right
    }

    /// Moves bin after bin to the left side, and keeps the first of the best places to stop.
    private func scan(_ sums: UnsafePointer<Int64>, _ leaf: Total, _ start: Int64, missing: Cut.Side?) -> Cut?
    {
        let whole = side(leaf.sum)
        let parent = whole.gain(l2)
        let least = max(Self.minCurvature, whole.curvature * Double(minRows) / Double(leaf.rows))
        var (left, isNextOpen) = (start, false)
        var best = Cut(score: 0, bin: -1, next: Int(BinnedFeatures.missing), missing: missing)
        for bin in 0..<BinEdges.maxBins {
            let sum = unsafe sums[bin]
            guard sum != 0 else { continue }
            left &+= sum
            if isNextOpen {
                best.next = bin
                isNextOpen = false
            }
            let before = side(left)
            let after = Side(slope: whole.slope - before.slope, curvature: whole.curvature - before.curvature)
            guard before.curvature >= least, after.curvature >= least else { continue }
            let score = before.gain(l2) + after.gain(l2) - parent
            guard score > best.score else { continue }
            (best.score, best.bin, isNextOpen) = (score, bin, true)
            best.next = Int(BinnedFeatures.missing)
        }
        return best.bin < 0 ? nil : best
    }

    @inline(__always)
    private func side(_ sum: Int64) -> Side {
        Side(slope: packing.slope(sum), curvature: packing.curvature(sum))
    }
}
