import CIntrinsics

/// The sums of packed gradients by feature and bin, over the rows of one leaf.
///
/// Layout: `sums[feature * 256 + bin]`. Only the histogram of the smaller of two siblings is computed from rows. The
/// histogram of the larger sibling is the difference between the parent's histogram and that of the smaller sibling.
/// The difference is exact, because all sums are integers.
struct GradientHistogram: Sendable {
    let sums: Slab<Int64>

    /// The memory of a row is prefetched this number of rows before it is used.
    private static let lookahead = 16

    init(features: Int) {
        sums = Slab(repeating: 0, count: 256 * features)
    }

    /// The sum over all rows, computed from the bins of the first feature; each feature has the same sum.
    var total: Int64 { (0..<256).reduce(0) { sum, bin in unsafe sum &+ sums.base[bin] } }

    /// Replaces the sums by the sums over the rows `order[range]`.
    ///
    /// Needs one addition to memory for each row and feature.
    func fill(_ range: Range<Int>, of order: Slab<UInt32>, _ gradients: Slab<Int64>, _ bins: BinRows) {
        unsafe sums.base.update(repeating: 0, count: sums.count)
        for block in bins.blocks { fill(range, order, gradients, block) }
    }

    private func fill(
        _ range: Range<Int>,
        _ order: Slab<UInt32>,
        _ gradients: Slab<Int64>,
        _ block: BinRows.Block
    ) {
        let (order, gradients, words) = unsafe (order.base, gradients.base, block.words.base)
        let (width, full) = (block.width, block.features.count / 8)
        let sums = unsafe sums.base + 256 * block.features.lowerBound
        let last = range.upperBound &- 1
        for index in range {
            let ahead = unsafe Int(order[min(index &+ Self.lookahead, last)])
            unsafe okai_prefetch(words + ahead &* width)
            unsafe okai_prefetch(gradients + ahead)
            let number = unsafe Int(order[index])
            let (row, gradient) = unsafe (words + number &* width, gradients[number])
            var position = 0
            while position < full {
                unsafe Self.add(gradient, at: row[position], to: sums + position &* 2_048)
                position &+= 1
            }
            guard full < width else { continue }
            unsafe Self.add(
                gradient,
                at: row[full],
                to: sums + full &* 2_048,
                features: block.features.count & 7
            )
        }
    }

    /// Adds a gradient to the sums of eight features; `bins` has one byte per feature.
    @inline(__always)
    private static func add(_ gradient: Int64, at bins: UInt64, to sums: UnsafeMutablePointer<Int64>) {
        unsafe sums[Int(bins & 255)] &+= gradient
        unsafe sums[256 | Int(bins &>> 8 & 255)] &+= gradient
        unsafe sums[512 | Int(bins &>> 16 & 255)] &+= gradient
        unsafe sums[768 | Int(bins &>> 24 & 255)] &+= gradient
        unsafe sums[1_024 | Int(bins &>> 32 & 255)] &+= gradient
        unsafe sums[1_280 | Int(bins &>> 40 & 255)] &+= gradient
        unsafe sums[1_536 | Int(bins &>> 48 & 255)] &+= gradient
        unsafe sums[1_792 | Int(bins &>> 56)] &+= gradient
    }

    /// Adds a gradient to the sums of the last features of a block, fewer than eight.
    @inline(__always)
    private static func add(
        _ gradient: Int64,
        at bins: UInt64,
        to sums: UnsafeMutablePointer<Int64>,
        features: Int
    ) {
        var (bins, sums) = unsafe (bins, sums)
        for _ in 0..<features {
            unsafe sums[Int(bins & 255)] &+= gradient
            bins &>>= 8
            unsafe sums += 256
        }
    }

    /// Adds the sums of `feature` in another histogram.
    func add(_ other: GradientHistogram, _ feature: Int) {
        let (sums, others) = unsafe (sums.base, other.sums.base)
        for index in 256 * feature..<256 * (feature + 1) {
            unsafe sums[index] &+= others[index]
        }
    }

    /// Subtracts the sums of `feature` in a child's histogram; the result is the histogram of the other child.
    func subtract(_ child: GradientHistogram, _ feature: Int) {
        let (sums, others) = unsafe (sums.base, child.sums.base)
        for index in 256 * feature..<256 * (feature + 1) {
            unsafe sums[index] &-= others[index]
        }
    }
}
