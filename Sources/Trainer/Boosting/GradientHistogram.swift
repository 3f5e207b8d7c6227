import CPrefetch

/// Sums of packed gradients by feature and bin, of the rows of one leaf.
///
/// Layout: `sums[feature * 256 + bin]`. The larger of two siblings is never counted: it is its parent less the smaller
/// one, exactly, because all numbers are whole.
struct GradientHistogram: Sendable {
    let sums: Slab<Int64>

    /// So many rows ahead, memory is asked for.
    private static let lookahead = 16

    init(features: Int) {
        sums = Slab(repeating: 0, count: 256 * features)
    }

    /// Of all rows: any feature's bins together.
    var total: Int64 { (0..<256).reduce(0) { sum, bin in unsafe sum &+ sums.base[bin] } }

    /// Counts the rows at `range` of `order` instead of what was counted before.
    ///
    /// O(rows × features), an addition to memory each.
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

    /// Adds to the sums of eight features, whose bins are the bytes of `bins`.
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

    /// The same for the features that fill no whole word.
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

    /// Adds what another thread counted.
    func add(_ other: GradientHistogram, _ feature: Int) {
        let (sums, others) = unsafe (sums.base, other.sums.base)
        for index in 256 * feature..<256 * (feature + 1) {
            unsafe sums[index] &+= others[index]
        }
    }

    /// Takes a child's sums away: what is left is its sibling's.
    func subtract(_ child: GradientHistogram, _ feature: Int) {
        let (sums, others) = unsafe (sums.base, child.sums.base)
        for index in 256 * feature..<256 * (feature + 1) {
            unsafe sums[index] &-= others[index]
        }
    }
}
