/// Finds the cut of a leaf with the greatest gain.
///
/// The gain is twice the reduction of the loss, to second order.
///
/// A side with the sum of slopes G and the sum of curvatures H has the value G² / (H + λ). The gain of a cut is the sum
/// of the values of both sides minus the value of the whole leaf (Friedman 2001, Chen and Guestrin 2016). The number of
/// rows of a side is estimated from its share of the curvature, as in LightGBM. ``LeafWiseGrower`` checks the exact
/// number. If rows have weights, curvature says little about the number of rows, and nothing is estimated.
struct GainScan {
    let packing: PackedGradients
    let l2: Double
    let minRows: Int
    let isWeighted: Bool

    /// The least sum of curvatures of a side; LightGBM's `min_sum_hessian_in_leaf`.
    private static let minCurvature = 1e-3

    /// The sum of the packed gradients of a leaf, and the number of its rows.
    struct Total: Sendable {
        var sum: Int64
        var rows: Int
    }

    /// The sums of slopes and curvatures of one side of a cut, or of a whole leaf.
    private struct Side {
        let slope: Double
        let curvature: Double

        @inline(__always)
        func gain(_ l2: Double) -> Double { slope * slope / (curvature + l2) }
    }

    /// Finds the best cut of one feature from the feature's 256 sums.
    ///
    /// The score of the cut is its gain.
    func bestCut(_ sums: UnsafePointer<Int64>, of leaf: Total) -> Cut? {
        let hasMissing = unsafe sums[Int(BinnedFeatures.missing)] != 0
        return Cut.best(hasMissing: hasMissing) { unsafe scan(sums, leaf, missing: $0) { _ in true } }
    }

    /// Finds the best cut of one feature with at least ``minRows`` rows on each side.
    ///
    /// `counts` has the number of rows in each bin, and that of rows with a missing value as its last element.
    func bestCut(_ sums: UnsafePointer<Int64>, of leaf: Total, counts: [Int]) -> Cut? {
        let missing = counts[Int(BinnedFeatures.missing)]
        return Cut.best(hasMissing: missing > 0) { side in
            var left = side == .left ? missing : 0
            let upTo = counts.dropLast().map { count in
                left += count
                return left
            }
            return unsafe scan(sums, leaf, missing: side) { min(upTo[$0], leaf.rows - upTo[$0]) >= minRows }
        }
    }

    /// Moves bin after bin to the left side, and returns the best cut.
    ///
    /// `isAllowed` tells of a bin whether a cut after it may be taken.
    @inline(__always)
    private func scan(
        _ sums: UnsafePointer<Int64>,
        _ leaf: Total,
        missing: Cut.Side?,
        isAllowed: (Int) -> Bool
    ) -> Cut? {
        let whole = side(leaf.sum)
        let parent = whole.gain(l2)
        let share = isWeighted ? 0 : whole.curvature * Double(minRows) / Double(leaf.rows)
        let least = max(Self.minCurvature, share)
        var left = missing == .left ? unsafe sums[Int(BinnedFeatures.missing)] : 0
        var best = BestCut(above: 0, missing: missing)
        for bin in 0..<BinEdges.maxBins {
            let sum = unsafe sums[bin]
            guard sum != 0 else { continue }
            left &+= sum
            best.pass(bin)
            let before = side(left)
            let after = Side(slope: whole.slope - before.slope, curvature: whole.curvature - before.curvature)
            guard before.curvature >= least, after.curvature >= least, isAllowed(bin) else { continue }
            best.offer(before.gain(l2) + after.gain(l2) - parent, after: bin)
        }
        return best.found
    }

    @inline(__always)
    private func side(_ sum: Int64) -> Side {
        Side(slope: packing.slope(sum), curvature: packing.curvature(sum))
    }
}
