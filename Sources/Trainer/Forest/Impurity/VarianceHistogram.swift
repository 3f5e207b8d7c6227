/// Adds the target values of a node by bin, and finds the cut whose two sides have the least squared error.
///
/// A side with the sum s over n draws has the score s² / n; the cut with the greatest sum of both scores has the least
/// squared error. Targets are integers (see ``FixedPoint``), so that sums are exact in any order. The time is
/// O(rows + occupied bins).
///
/// Layout: `sums[bin]` is (sum, draws) in one 128-bit vector, all zero between calls.
struct VarianceHistogram: NodeHistogram {
    typealias Leaf = Double

    /// The target of each training row, as an integer.
    private let targets: Slab<Int32>
    /// Converts a sum of integer targets and a number of draws to a mean in the unit of the target column.
    private let scale: FixedPoint
    /// (target × draws, draws) for each row of the current node, in the order of the bag.
    private let opened: Slab<SIMD2<Int64>>
    private let sums: Slab<SIMD2<Int64>>

    private var node = SIMD2<Int64>.zero
    private(set) var isPure = false

    init(targets: Slab<Int32>, scale: FixedPoint) {
        self.targets = targets
        self.scale = scale
        opened = Slab(repeating: .zero, count: targets.count)
        sums = Slab(repeating: .zero, count: 256)
    }

    var draws: Int { Int(node.y) }
    var score: Double { Self.score(node) }

    mutating func open(_ bag: Bag, _ range: Range<Int>) {
        let (rows, codes, targets, opened) = unsafe (bag.rows.base, bag.codes.base, targets.base, opened.base)
        var sum = SIMD2<Int64>.zero
        var (least, greatest) = (Int32.max, Int32.min)
        for (offset, index) in range.enumerated() {
            let target = unsafe targets[Int(rows[index])]
            let draws = unsafe Int64(codes[index] &>> Bag.labelBits)
            let entry = SIMD2(Int64(target) &* draws, draws)
            unsafe opened[offset] = entry
            sum &+= entry
            least = min(least, target)
            greatest = max(greatest, target)
        }
        (node, isPure) = (sum, least == greatest)
    }

    func appendLeaf(to tree: inout ValueTree) -> Int {
        tree.leaves.append(scale.mean(sum: node.x, count: node.y))
        return tree.leaves.count - 1
    }

    mutating func bestCut(_ bag: Bag, _ range: Range<Int>, _ column: BinnedFeatures.Column, minLeaf: Int)
        -> Cut?
    {
        let (rows, bins, sums, opened) = unsafe (bag.rows.base, column.bins.base, sums.base, opened.base)
        var filled = BinSet.none
        for (offset, index) in range.enumerated() {
            let bin = unsafe Int(bins[Int(rows[index])])
            unsafe sums[bin] &+= opened[offset]
            filled.insert(bin)
        }
        let cut = Cut.best(hasMissing: filled.contains(Int(BinnedFeatures.missing))) {
            scan(filled, missing: $0, minLeaf)
        }
        filled.forEach { bin in unsafe sums[bin] = .zero }
        return cut
    }

    /// Moves bin after bin to the left side, and returns the best cut.
    private func scan(_ filled: BinSet, missing: Cut.Side?, _ minLeaf: Int) -> Cut? {
        let (sums, missingBin) = unsafe (sums.base, Int(BinnedFeatures.missing))
        var left = missing == .left ? unsafe sums[missingBin] : .zero
        var best = BestCut(above: -1, missing: missing)
        filled.forEach { bin in
            if missing == .left, bin == missingBin { return }
            left &+= unsafe sums[bin]
            best.pass(bin)
            let right = node &- left
            guard left.y >= minLeaf, right.y >= minLeaf else { return }
            best.offer(Self.score(left) + Self.score(right), after: bin)
        }
        return best.found
    }

    @inline(__always)
    private static func score(_ side: SIMD2<Int64>) -> Double {
        let sum = Double(side.x)
        return sum * sum / Double(side.y)
    }
}
