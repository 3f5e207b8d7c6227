/// Grows a tree by always splitting the leaf that gains most.
struct LeafWiseGrower {
    /// A leaf as it stands, and where it could be cut.
    private struct Leaf {
        var range: Range<Int>
        var depth: Int
        var node: Int
        /// Of its rows' gradients; nil where nobody counted them.
        var sum: Int64?
        /// Nil where it will not be split.
        var histogram: GradientHistogram?
        /// Of each feature that can cut it.
        var cuts: [LeafSearch.FeatureCut] = []

        /// The cut that gains most, the first of equals.
        var best: LeafSearch.FeatureCut? {
            cuts.reduce(nil) { best, next in next.cut.score > best?.cut.score ?? 0 ? next : best }
        }
    }

    private let ground: BoostGround
    private let search: LeafSearch
    private var spare: [GradientHistogram] = []
    private var leaves: [Leaf] = []
    private var tree = BinnedTree()
    /// What each feature's cuts gained so far.
    private(set) var importance: [Double]

    init(_ ground: BoostGround) {
        self.ground = ground
        search = LeafSearch(ground)
        importance = [Double](repeating: 0, count: ground.features.columns.count)
    }

    /// The rows of the tree that grew last, leaf by leaf.
    var order: RowOrder { search.order }

    /// Grows a tree on `rows`, ascending, that looks at `features`.
    mutating func grow(rows: [UInt32], features: [Int], _ answer: LeafAnswer) -> BinnedTree {
        order.take(rows)
        tree = BinnedTree()
        leaves = [Leaf(range: rows.indices, depth: 0, node: 0, histogram: takeHistogram())]
        if canSplit(leaves[0]) { findCuts(smaller: 0, larger: nil, features) }
        while leaves.count < ground.parameters.leaves, let next = mostPromising() { split(next, features) }
        finish(answer)
        return tree
    }

    /// The leaf that gains most, the first of equals.
    private func mostPromising() -> Int? {
        var best: (leaf: Int, score: Double)?
        for (index, leaf) in leaves.enumerated() {
            if let score = leaf.best?.cut.score, score > best?.score ?? 0 { best = (index, score) }
        }
        return best?.leaf
    }

    /// Makes two leaves of one: the left one in its place, the right one behind all others.
    private mutating func split(_ index: Int, _ features: [Int]) {
        let parent = leaves[index]
        guard let best = parent.best else { return }
        let column = ground.features.columns[best.feature]
        let middle = order.partition(parent.range, column.bins, cut: best.cut)
        let (left, right) = (parent.range.lowerBound..<middle, middle..<parent.range.upperBound)
        guard min(left.count, right.count) >= ground.parameters.minSamplesLeaf else {
            // Fewer rows than their curvature made one think: the next feature may do.
            return leaves[index].cuts.removeAll { $0.feature == best.feature }
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
        if leaves.count < ground.parameters.leaves, canSplit(leaves[larger]) {
            leaves[smaller].histogram = takeHistogram()
            findCuts(smaller: smaller, larger: larger, features)
        } else {
            release(larger)
        }
    }

    private func canSplit(_ leaf: Leaf) -> Bool {
        leaf.range.count >= 2 * ground.parameters.minSamplesLeaf
            && leaf.depth < ground.parameters.maxDepth ?? .max
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
        if !candidate.isOpen { release(smaller) }
    }

    private func candidate(_ index: Int) -> LeafSearch.Candidate? {
        let leaf = leaves[index]
        return leaf.histogram.map { .init(rows: leaf.range.count, histogram: $0, isOpen: canSplit(leaf)) }
    }

    /// Says what each leaf answers, leaves spread over threads.
    private mutating func finish(_ answer: LeafAnswer) {
        let (rows, ranges, sums) = (order.rows, leaves.map(\.range), leaves.map(\.sum))
        let answers = Slab(repeating: 0.0, count: ranges.count)
        ground.crew.each(ranges.count) { leaf in
            unsafe answers.base[leaf] = answer(rows, ranges[leaf], sum: sums[leaf])
        }
        for (index, answer) in answers.array.enumerated() {
            release(index)
            tree.finish(leaves[index].node, answer: answer, rows: ranges[index])
        }
    }

    private mutating func takeHistogram() -> GradientHistogram {
        spare.popLast() ?? GradientHistogram(features: ground.features.columns.count)
    }

    private mutating func release(_ leaf: Int) {
        if let histogram = leaves[leaf].histogram { spare.append(histogram) }
        leaves[leaf].histogram = nil
    }
}
