/// Grows a tree leaf-wise: each step splits the leaf whose best cut has the greatest gain.
struct LeafWiseGrower {
    /// A leaf of the tree so far, and its possible cuts.
    private struct Leaf {
        var range: Range<Int>
        var depth: Int
        var node: Int
        /// The sum of the packed gradients of the leaf's rows; nil if it was not computed.
        var sum: Int64?
        /// The sums that cuts are computed from; nil if no cuts are computed from them any more.
        var histogram: GradientHistogram?
        /// The best cut of each feature that can split the leaf.
        var cuts: [LeafSearch.FeatureCut] = []

        /// The cut with the greatest gain; if several are equal, the first of them.
        var best: LeafSearch.FeatureCut? {
            cuts.reduce(nil) { best, next in next.cut.score > best?.cut.score ?? 0 ? next : best }
        }
    }

    private let training: BoostTrainingData
    private let search: LeafSearch
    /// Histograms that are not in use, to save allocations.
    private var spare: [GradientHistogram] = []
    private var leaves: [Leaf] = []
    private var tree = BinnedTree()
    /// For each feature, the sum of the gains of its splits in all trees so far.
    private(set) var importance: [Double]

    init(_ training: BoostTrainingData) {
        self.training = training
        search = LeafSearch(training)
        importance = [Double](repeating: 0, count: training.features.columns.count)
    }

    /// The rows of the latest tree, leaf by leaf.
    var order: RowOrder { search.order }

    /// Grows a tree on `rows`, which must be ascending.
    ///
    /// Only `features` are used for splits.
    mutating func grow(rows: [UInt32], features: [Int], _ leafValue: LeafValue) -> BinnedTree {
        order.reset(to: rows)
        tree = BinnedTree()
        leaves = [Leaf(range: rows.indices, depth: 0, node: 0, histogram: makeHistogram())]
        if canSplit(leaves[0]) { findCuts(smaller: 0, larger: nil, features) }
        while leaves.count < training.parameters.leaves, let next = mostPromising() { split(next, features) }
        finish(leafValue)
        return tree
    }

    /// The leaf whose best cut has the greatest gain; if several are equal, the first of them.
    private func mostPromising() -> Int? {
        var best: (leaf: Int, score: Double)?
        for (index, leaf) in leaves.enumerated() {
            if let score = leaf.best?.cut.score, score > best?.score ?? 0 { best = (index, score) }
        }
        return best?.leaf
    }

    /// Splits a leaf: the left child replaces it, the right child is appended.
    private mutating func split(_ index: Int, _ features: [Int]) {
        let parent = leaves[index]
        guard let best = parent.best else { return }
        let column = training.features.columns[best.feature]
        let middle = order.partition(parent.range, column.bins, cut: best.cut)
        let (left, right) = (parent.range.lowerBound..<middle, middle..<parent.range.upperBound)
        guard min(left.count, right.count) >= training.parameters.minSamplesLeaf else {
            return dropCut(of: index, best.feature)
        }
        importance[best.feature] += best.cut.score
        let child = tree.split(
            parent.node,
            feature: best.feature,
            cut: best.cut,
            threshold: column.threshold(above: best.cut.bin, below: best.cut.next),
            missingGoesLeft: best.cut.missing.map { $0 == .left } ?? (left.count > right.count)
        )
        leaves[index] = Leaf(range: left, depth: parent.depth + 1, node: child)
        leaves.append(Leaf(range: right, depth: parent.depth + 1, node: child + 1))
        let last = leaves.count - 1
        let (smaller, larger) = left.count <= right.count ? (index, last) : (last, index)
        leaves[larger].histogram = parent.histogram
        if leaves.count < training.parameters.leaves, canSplit(leaves[larger]) {
            leaves[smaller].histogram = makeHistogram()
            findCuts(smaller: smaller, larger: larger, features)
        } else {
            release(larger)
        }
    }

    /// Drops the cut of a feature that leaves too few rows on one side: fewer than were estimated from the curvature.
    ///
    /// The cut of another feature may have enough rows. If rows have weights, nothing was estimated, and the best cut of
    /// this feature that has enough rows takes the place.
    private mutating func dropCut(of index: Int, _ feature: Int) {
        let leaf = leaves[index]
        leaves[index].cuts = leaf.cuts.compactMap { cut in
            guard cut.feature == feature else { return cut }
            guard training.target.isWeighted, let histogram = leaf.histogram else { return nil }
            return search.countedCut(leaf.range, histogram, feature)
        }
    }

    private func canSplit(_ leaf: Leaf) -> Bool {
        leaf.range.count >= 2 * training.parameters.minSamplesLeaf
            && leaf.depth < training.parameters.maxDepth ?? .max
    }

    private mutating func findCuts(smaller: Int, larger: Int?, _ features: [Int]) {
        guard let candidate = candidate(smaller) else { return }
        let cuts = search.cuts(
            leaves[smaller].range,
            smaller: candidate,
            larger: larger.flatMap { self.candidate($0) },
            features: features
        )
        (leaves[smaller].cuts, leaves[smaller].sum) = (cuts.smaller, cuts.smallerSum)
        if let larger { (leaves[larger].cuts, leaves[larger].sum) = (cuts.larger, cuts.largerSum) }
        if !candidate.canSplit { release(smaller) }
    }

    private func candidate(_ index: Int) -> LeafSearch.Candidate? {
        let leaf = leaves[index]
        return leaf.histogram.map { .init(rows: leaf.range.count, histogram: $0, canSplit: canSplit(leaf)) }
    }

    /// Computes the values of the leaves, several leaves at the same time.
    private mutating func finish(_ leafValue: LeafValue) {
        let (rows, ranges, sums) = (order.rows, leaves.map(\.range), leaves.map(\.sum))
        let values = Slab(repeating: 0.0, count: ranges.count)
        training.threads.each(ranges.count) { leaf in
            unsafe values.base[leaf] = leafValue.value(rows, ranges[leaf], sum: sums[leaf])
        }
        for (index, value) in values.array.enumerated() {
            release(index)
            tree.makeLeaf(leaves[index].node, value: value, rows: ranges[index])
        }
    }

    private mutating func makeHistogram() -> GradientHistogram {
        spare.popLast() ?? GradientHistogram(features: training.features.columns.count)
    }

    private mutating func release(_ leaf: Int) {
        if let histogram = leaves[leaf].histogram { spare.append(histogram) }
        leaves[leaf].histogram = nil
    }
}
