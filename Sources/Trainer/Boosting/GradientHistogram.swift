/// Sums of packed gradients by feature and bin, of the rows of one leaf.
///
/// Layout: `sums[feature * 256 + bin]`, features as the tree drew them. The larger of two siblings is never counted: it
/// is its parent less the smaller one, exactly, because all numbers are whole.
struct GradientHistogram: Sendable {
    let sums: Slab<Int64>

    init(features: Int) {
        sums = Slab(repeating: 0, count: 256 * features)
    }

    /// Counts rows in some features: four columns at a time, so that each row's gradients are read once for all of them.
    ///
    /// `gradients` are in the order of `rows`. O(rows × features).
    func fill(
        _ features: Range<Int>,
        columns: [Slab<UInt8>],
        rows: UnsafeBufferPointer<UInt32>,
        gradients: UnsafePointer<Int64>
    ) {
        unsafe (sums.base + 256 * features.lowerBound).update(repeating: 0, count: 256 * features.count)
        var feature = features.lowerBound
        while feature + 4 <= features.upperBound {
            unsafe fillFour(feature, columns, rows, gradients)
            feature += 4
        }
        for feature in feature..<features.upperBound {
            let (sums, column) = unsafe (sums.base + 256 * feature, columns[feature].base)
            for index in 0..<rows.count { unsafe sums[Int(column[Int(rows[index])])] &+= gradients[index] }
        }
    }

    /// Every other row goes to a twin of the sums, added to them in the end: where neighbours often share a bin, one
    /// addition would have to wait for the other.
    private func fillFour(
        _ feature: Int,
        _ columns: [Slab<UInt8>],
        _ rows: UnsafeBufferPointer<UInt32>,
        _ gradients: UnsafePointer<Int64>
    ) {
        let (a, b) = unsafe (columns[feature].base, columns[feature + 1].base)
        let (c, d) = unsafe (columns[feature + 2].base, columns[feature + 3].base)
        let sums = unsafe sums.base + 256 * feature
        let twin = Slab<Int64>(repeating: 0, count: 1_024)
        let other = unsafe twin.base
        var index = 0
        while index &+ 2 <= rows.count {
            let (row, gradient) = unsafe (Int(rows[index]), gradients[index])
            let (next, following) = unsafe (Int(rows[index &+ 1]), gradients[index &+ 1])
            unsafe sums[Int(a[row])] &+= gradient
            unsafe other[Int(a[next])] &+= following
            unsafe sums[256 &+ Int(b[row])] &+= gradient
            unsafe other[256 &+ Int(b[next])] &+= following
            unsafe sums[512 &+ Int(c[row])] &+= gradient
            unsafe other[512 &+ Int(c[next])] &+= following
            unsafe sums[768 &+ Int(d[row])] &+= gradient
            unsafe other[768 &+ Int(d[next])] &+= following
            index &+= 2
        }
        if index < rows.count {
            let (row, gradient) = unsafe (Int(rows[index]), gradients[index])
            unsafe sums[Int(a[row])] &+= gradient
            unsafe sums[256 &+ Int(b[row])] &+= gradient
            unsafe sums[512 &+ Int(c[row])] &+= gradient
            unsafe sums[768 &+ Int(d[row])] &+= gradient
        }
        for bin in 0..<1_024 { unsafe sums[bin] &+= other[bin] }
    }

    /// Takes a child's sums away: what is left is its sibling's.
    func subtract(_ child: GradientHistogram, _ features: Range<Int>) {
        let (sums, others) = unsafe (sums.base, child.sums.base)
        for index in 256 * features.lowerBound..<256 * features.upperBound {
            unsafe sums[index] &-= others[index]
        }
    }
}
