/// The best of the cuts that are met while bin after bin moves to the left side: the first of equals.
struct BestCut {
    private var cut: Cut
    /// Whether the bin behind the best cut has not come yet.
    private var isNextOpen = false

    /// Of cuts that score more than `least`.
    @inline(__always)
    init(above least: Double, missing: Cut.Side?) {
        cut = Cut(score: least, bin: -1, next: Int(BinnedFeatures.missing), missing: missing)
    }

    /// Nil where no cut scored more.
    @inline(__always)
    var found: Cut? { cut.bin < 0 ? nil : cut }

    /// A bin with rows moves to the left.
    @inline(__always)
    mutating func pass(_ bin: Int) {
        guard isNextOpen else { return }
        (cut.next, isNextOpen) = (bin, false)
    }

    /// A cut behind `bin`, the last that moved, would score that.
    @inline(__always)
    mutating func offer(_ score: Double, behind bin: Int) {
        guard score > cut.score else { return }
        (cut.score, cut.bin, cut.next, isNextOpen) = (score, bin, Int(BinnedFeatures.missing), true)
    }
}

extension Cut {
    /// What `scan` finds with missing values on the right, or if that is better, with them on the left; nil stands for a
    /// node that has none.
    @inline(__always)
    static func best(hasMissing: Bool, _ scan: (Side?) -> Cut?) -> Cut? {
        guard hasMissing else { return scan(nil) }
        let (right, left) = (scan(.right), scan(.left))
        guard let left else { return right }
        return left.score > right?.score ?? -.infinity ? left : right
    }
}
