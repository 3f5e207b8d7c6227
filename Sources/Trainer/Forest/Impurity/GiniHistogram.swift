/// Counts the rows of a node by bin and class, and finds the cut whose two sides together have the least Gini impurity.
///
/// A side with class counts c and n = Σc rows has the score Σc² / n; the best cut has the greatest sum of both scores.
/// Let t be the counts of the node and l the counts of the left side. When x rows of a class move left, Σl² grows by
/// x(2l + x). For the right side, Σ(t - l)² = Σt² - 2Σt·l + Σl². All numbers are integers, so that the result has the
/// same bits for any order of rows, any number of threads and any machine. Class weights are integers that multiply the
/// counts.
///
/// Layout: `counts[bin * lanes + class]`, all zero between calls. `lanes` is the number of classes rounded up to a
/// power of two. It is known at compile time, so that the compiler can unroll loops over classes. The time is
/// O(rows + occupied bins × classes).
struct GiniHistogram<let lanes: Int>: NodeHistogram {
    typealias Leaf = Vote

    private let classes: Int
    private let weights: InlineArray<lanes, Int>
    /// The weights in the current node: ``weights``, or fractions of them if the node's total would be too large.
    private var nodeWeights: InlineArray<lanes, Int>
    private let isWeighted: Bool
    private let unitsPerLeaf: Int
    private let counts: Slab<UInt32>

    private(set) var draws = 0
    private var totals = InlineArray<lanes, Int>(repeating: 0)
    private var total = 0
    private var squares = 0

    /// The largest total weight whose square fits in an `Int`.
    private static var largestTotal: Int { 3_037_000_499 }

    /// In a node with fewer rows than this, the bins that have rows are recorded.
    ///
    /// In a larger node nearly all bins have rows, so all bins are scanned.
    private static var smallNode: Int { 512 }

    /// `weights[label]` is the weight of a row of that class.
    init(weights: [Int], unitsPerLeaf: Int) {
        classes = weights.count
        self.weights = InlineArray { $0 < weights.count ? weights[$0] : 0 }
        nodeWeights = self.weights
        isWeighted = weights.contains { $0 != 1 }
        self.unitsPerLeaf = unitsPerLeaf
        counts = Slab(repeating: 0, count: 256 * lanes)
    }

    var score: Double { Double(squares) / Double(total) }
    var isPure: Bool { (0..<classes).contains { totals[$0] == total } }

    mutating func open(_ bag: Bag, _ range: Range<Int>) {
        var counts = InlineArray<lanes, Int>(repeating: 0)
        let codes = unsafe bag.codes.base
        for index in range {
            let code = unsafe codes[index]
            counts[Int(code & Bag.labelMask) & (lanes - 1)] &+= Int(code &>> Bag.labelBits)
        }
        nodeWeights = weights
        weigh(counts)
        // A bag can draw the only row of a class many times, so that the class exceeds its share of the total.
        while isWeighted, total > Self.largestTotal {
            for label in 0..<classes { nodeWeights[label] = max(1, nodeWeights[label] / 2) }
            weigh(counts)
        }
    }

    /// Computes the sums of a node from the number of draws of each class.
    ///
    /// `squares` is wrong if `total` exceeds ``largestTotal``.
    private mutating func weigh(_ counts: InlineArray<lanes, Int>) {
        (draws, total, squares) = (0, 0, 0)
        for label in 0..<lanes {
            draws += counts[label]
            totals[label] = counts[label] * nodeWeights[label]
            total += totals[label]
            squares &+= totals[label] &* totals[label]
        }
    }

    func appendLeaf(to tree: inout VotingTree) -> Int {
        if let label = (0..<classes).first(where: { totals[$0] == total }) {
            tree.leaves.append(Vote(label: label, units: unitsPerLeaf, isLast: true))
            return tree.leaves.count - 1
        }
        return tree.appendVotes(unitsPerLeaf, by: (0..<classes).map { totals[$0] })
    }

    mutating func bestCut(_ bag: Bag, _ range: Range<Int>, _ column: BinnedFeatures.Column, minLeaf: Int)
        -> Cut?
    {
        let filled =
            range.count < Self.smallNode
            ? fillRecordingBins(bag, range, column.bins) : fill(bag, range, column.bins)
        let cut = isWeighted ? scan(filled, column, minLeaf, true) : scan(filled, column, minLeaf, false)
        clear(filled)
        return cut
    }

    private func fill(_ bag: Bag, _ range: Range<Int>, _ bins: Slab<UInt8>) -> BinSet {
        let (rows, codes, bins, counts) = unsafe (bag.rows.base, bag.codes.base, bins.base, counts.base)
        for index in range {
            let (bin, code) = unsafe (Int(bins[Int(rows[index])]), codes[index])
            unsafe counts[bin &* lanes | Int(code & Bag.labelMask)] &+= UInt32(code &>> Bag.labelBits)
        }
        return .all
    }

    private func fillRecordingBins(_ bag: Bag, _ range: Range<Int>, _ bins: Slab<UInt8>) -> BinSet {
        let (rows, codes, bins, counts) = unsafe (bag.rows.base, bag.codes.base, bins.base, counts.base)
        var filled = BinSet.none
        for index in range {
            let (bin, code) = unsafe (Int(bins[Int(rows[index])]), codes[index])
            unsafe counts[bin &* lanes | Int(code & Bag.labelMask)] &+= UInt32(code &>> Bag.labelBits)
            filled.insert(bin)
        }
        return filled
    }

    @inline(__always)
    private func scan(_ filled: BinSet, _ column: BinnedFeatures.Column, _ minLeaf: Int, _ isWeighted: Bool)
        -> Cut?
    {
        Cut.best(hasMissing: column.hasMissing && isFilled(Int(BinnedFeatures.missing))) {
            scan(filled, missing: $0, minLeaf, isWeighted)
        }
    }

    /// Moves bin after bin to the left side, and returns the best cut.
    @inline(__always)
    private func scan(_ filled: BinSet, missing: Cut.Side?, _ minLeaf: Int, _ isWeighted: Bool) -> Cut? {
        var side = GiniSide()
        var left = InlineArray<lanes, Int>(repeating: 0)
        if missing == .left { move(Int(BinnedFeatures.missing), to: &side, &left, isWeighted) }
        var best = BestCut(above: -1, missing: missing)
        filled.forEach { bin in
            if missing == .left, bin == Int(BinnedFeatures.missing) { return }
            let before = side.draws
            move(bin, to: &side, &left, isWeighted)
            guard side.draws != before else { return }
            best.pass(bin)
            guard side.draws >= minLeaf, draws &- side.draws >= minLeaf else { return }
            best.offer(side.score(total: total, squares: squares), after: bin)
        }
        return best.found
    }

    @inline(__always)
    private func move(
        _ bin: Int,
        to side: inout GiniSide,
        _ left: inout InlineArray<lanes, Int>,
        _ isWeighted: Bool
    ) {
        let counts = unsafe counts.base + bin &* lanes
        for label in 0..<lanes {
            let count = unsafe Int(counts[label])
            side.draws &+= count
            side.move(isWeighted ? count &* nodeWeights[label] : count, onto: &left[label], of: totals[label])
        }
    }

    private func isFilled(_ bin: Int) -> Bool {
        (0..<lanes).contains { unsafe counts.base[bin &* lanes | $0] > 0 }
    }

    private func clear(_ filled: BinSet) {
        let counts = unsafe counts.base
        filled.forEach { bin in
            for label in 0..<lanes { unsafe counts[bin &* lanes | label] = 0 }
        }
    }
}
