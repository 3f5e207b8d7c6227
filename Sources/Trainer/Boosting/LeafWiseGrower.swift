/// Grows a tree by always splitting the leaf that gains most, all threads working on one leaf.
struct LeafWiseGrower {
    /// A leaf as it stands, and where it would best be cut.
    private struct Leaf {
        var range: Range<Int>
        var depth: Int
        var node: Int
        var sum: Int64
        var histogram: GradientHistogram?
        /// The best cut of each feature that has one.
        var cuts: [FeatureCut] = []

        /// The cut that gains most, the first of equals.
        var best: FeatureCut? {
            cuts.max { $0.cut.score < $1.cut.score || $0.cut.score == $1.cut.score && $0.place > $1.place }
        }
        var total: GainScan.Total { .init(sum: sum, rows: range.count) }
    }

    /// A cut, and the place of its feature among those that the tree looks at.
    private struct FeatureCut {
        let place: Int
        let cut: Cut
    }

    private let ground: BoostGround
    private let scan: GainScan
    let order: RowOrder
    /// The gradients of one leaf in the order of its rows.
    private let gathered: Slab<Int64>
    private var spare: [GradientHistogram] = []
    private var leaves: [Leaf] = []
    private var tree = BinnedTree()
    private(set) var importance: [Double]

    init(_ ground: BoostGround) {
        self.ground = ground
        scan = GainScan(
            packing: ground.packing,
            l2: ground.parameters.l2,
            minRows: ground.parameters.minSamplesLeaf
        )
        order = RowOrder(capacity: ground.features.rows, threads: ground.threads)
        gathered = Slab(repeating: 0, count: ground.features.rows)
        importance = [Double](repeating: 0, count: ground.features.columns.count)
    }

    /// Grows a tree on `rows`, ascending, that looks at `features`.
    ///
    /// Gains are added to ``importance``.
    mutating func grow(rows: [UInt32], features: [Int], _ answer: LeafAnswer) -> BinnedTree {
        order.take(rows)
        let columns = features.map { ground.features.columns[$0].bins }
        tree = BinnedTree()
        leaves = [Leaf(range: rows.indices, depth: 0, node: 0, sum: 0)]
        leaves[0].histogram = takeHistogram(features.count)
        gather(leaves[0].range)
        leaves[0].sum = sum(rows.count)
        search(count: 0, andLeave: nil, columns)
        while leaves.count < ground.parameters.leaves, let next = mostPromising() {
            split(next, features, columns)
        }
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
    private mutating func split(_ index: Int, _ features: [Int], _ columns: [Slab<UInt8>]) {
        let parent = leaves[index]
        guard let best = parent.best else { return }
        let (feature, cut) = (features[best.place], best.cut)
        let middle = order.partition(parent.range, columns[best.place], cut: cut)
        let (left, right) = (parent.range.lowerBound..<middle, middle..<parent.range.upperBound)
        guard min(left.count, right.count) >= ground.parameters.minSamplesLeaf else {
            // Fewer rows than their curvature made one think: the next feature may do.
            return leaves[index].cuts.removeAll { $0.place == best.place }
        }
        importance[feature] += cut.score
        let child = tree.split(
            parent.node,
            feature: feature,
            cut: cut,
            threshold: ground.features.columns[feature].threshold(above: cut.bin, below: cut.next),
            missingGoesLeft: cut.missing.map { $0 == .left } ?? (left.count > right.count)
        )
        let depth = parent.depth + 1
        leaves[index] = Leaf(range: left, depth: depth, node: child, sum: 0)
        leaves.append(Leaf(range: right, depth: depth, node: child + 1, sum: 0))
        let (small, large) = left.count <= right.count ? (index, leaves.count - 1) : (leaves.count - 1, index)
        gather(leaves[small].range)
        leaves[small].sum = sum(leaves[small].range.count)
        leaves[large].sum = parent.sum &- leaves[small].sum
        leaves[large].histogram = parent.histogram
        guard canSplit(leaves[large]) else { return release(large) }
        leaves[small].histogram = takeHistogram(features.count)
        search(count: small, andLeave: large, columns)
        if !canSplit(leaves[small]) { release(small) }
    }

    private func canSplit(_ leaf: Leaf) -> Bool {
        leaf.range.count >= 2 * ground.parameters.minSamplesLeaf
            && leaf.depth < ground.parameters.maxDepth ?? .max
    }

    /// Counts one leaf, leaves its sibling what is left of their parent, and looks for the best cuts of both: each thread
    /// in its share of the features.
    private mutating func search(count small: Int, andLeave large: Int?, _ columns: [Slab<UInt8>]) {
        guard let counted = leaves[small].histogram else { return }
        let (range, total) = (leaves[small].range, leaves[small].total)
        let rest = large.flatMap { leaves[$0].histogram.map { $0 } }
        let restTotal = large.map { leaves[$0].total }
        let isSmallOpen = canSplit(leaves[small])
        let cuts = Slab(repeating: CutPair(), count: columns.count)
        let threads = range.count * columns.count < Self.worthSharing ? 1 : ground.threads
        let (order, gathered, scan) = (order, gathered, scan)
        Parallel.ranges(columns.count, threads: threads) { features in
            let rows = unsafe UnsafeBufferPointer(
                start: order.rows.base + range.lowerBound,
                count: range.count
            )
            unsafe counted.fill(features, columns: columns, rows: rows, gradients: gathered.base)
            rest?.subtract(counted, features)
            for feature in features {
                let small =
                    isSmallOpen ? unsafe scan.bestCut(counted.sums.base + 256 * feature, of: total) : nil
                var large: Cut?
                if let rest, let restTotal {
                    large = unsafe scan.bestCut(rest.sums.base + 256 * feature, of: restTotal)
                }
                unsafe cuts.base[feature] = CutPair(small: small, large: large)
            }
        }
        let found = cuts.array
        leaves[small].cuts = found.indices.compactMap { place in
            found[place].small.map { FeatureCut(place: place, cut: $0) }
        }
        guard let large else { return }
        leaves[large].cuts = found.indices.compactMap { place in
            found[place].large.map { FeatureCut(place: place, cut: $0) }
        }
    }

    private struct CutPair: BitwiseCopyable {
        var small: Cut?
        var large: Cut?
    }

    /// Additions below which a second thread costs more than it brings.
    private static let worthSharing = 1 << 15

    private func gather(_ range: Range<Int>) {
        let (order, gathered, gradients) = (order, gathered, ground.gradients)
        Parallel.ranges(range.count, threads: ground.threads, atLeast: 16_384) { part in
            let rows = unsafe order.rows.base + range.lowerBound
            let (gathered, gradients) = unsafe (gathered.base, gradients.base)
            for index in part { unsafe gathered[index] = gradients[Int(rows[index])] }
        }
    }

    private func sum(_ count: Int) -> Int64 {
        var sum: Int64 = 0
        for index in 0..<count { unsafe sum &+= gathered.base[index] }
        return sum
    }

    /// Says what each leaf answers, leaves spread over threads.
    private mutating func finish(_ answer: LeafAnswer) {
        let (order, ranges) = (order, leaves.map(\.range))
        let answers = Parallel.map(ranges.count, threads: ground.threads, scratch: {}) { _, leaf in
            answer(order.rows, ranges[leaf])
        }
        for (leaf, answer) in zip(leaves, answers ?? []) {
            if let histogram = leaf.histogram { spare.append(histogram) }
            tree.finish(leaf.node, answer: answer, rows: leaf.range)
        }
    }

    private mutating func takeHistogram(_ features: Int) -> GradientHistogram {
        spare.popLast() ?? GradientHistogram(features: features)
    }

    private mutating func release(_ leaf: Int) {
        if let histogram = leaves[leaf].histogram { spare.append(histogram) }
        leaves[leaf].histogram = nil
    }
}
