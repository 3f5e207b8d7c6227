/// Finds the best cut while a scan moves bin after bin to the left side.
///
/// Of several cuts with the same score, it finds the first.
struct BestCut {
    private var cut: Cut
    /// Whether `cut.next` is still unknown, because the scan has not reached a bin after the best cut.
    private var isNextOpen = false

    /// Considers only cuts with a score above `least`.
    @inline(__always)
    init(above least: Double, missing: Cut.Side?) {
        cut = Cut(score: least, bin: -1, next: Int(BinnedFeatures.missing), missing: missing)
    }

    /// The best cut; nil if no cut has a score above `least`.
    @inline(__always)
    var found: Cut? { cut.bin < 0 ? nil : cut }

    /// Records that a bin with rows moves to the left side.
    @inline(__always)
    mutating func pass(_ bin: Int) {
        guard isNextOpen else { return }
        (cut.next, isNextOpen) = (bin, false)
    }

    /// Considers a cut after `bin`, the last bin that moved, with this score.
    @inline(__always)
    mutating func offer(_ score: Double, after bin: Int) {
        guard score > cut.score else { return }
        (cut.score, cut.bin, cut.next, isNextOpen) = (score, bin, Int(BinnedFeatures.missing), true)
    }
}

extension Cut {
    /// Calls `scan` with missing values on the right side and then on the left side, and returns the better result.
    ///
    /// If both are equally good, returns the result of the right side. If the node has no missing values, `scan` is
    /// called once, with nil.
    @inline(__always)
    static func best(hasMissing: Bool, _ scan: (Side?) -> Cut?) -> Cut? {
        guard hasMissing else { return scan(nil) }
        let (right, left) = (scan(.right), scan(.left))
        guard let left else { return right }
        return left.score > right?.score ?? -.infinity ? left : right
    }
}
