/// Grows one tree after the other in memory that is allocated once; each thread has its own grower.
///
/// Each node has its own random stream, whose key is the seed, the tree and the node. A tree therefore does not depend
/// on other trees, on threads or on shards.
struct TreeGrower<Histogram: NodeHistogram> {
    typealias Tree = DecisionTree<Histogram.Leaf>

    /// A node that is not processed yet.
    private struct Pending {
        var range: Range<Int>
        var depth: Int
        var node: Int
    }

    private let features: BinnedFeatures
    private let labels: Slab<UInt16>?
    private let draw: WeightedDraw?
    private let parameters: ForestParameters
    private let seed: UInt64
    private let featuresPerSplit: Int

    private let sample: [Int]
    private var bag: Bag
    private var drawOrder: [Int]
    private var histogram: Histogram

    init(_ training: ForestTrainingData, histogram: Histogram) {
        features = training.features
        (labels, draw) = (training.labels, training.draw)
        parameters = training.parameters
        seed = training.seed
        featuresPerSplit = parameters.maxFeatures.count(
            of: features.columns.count,
            isClassification: labels != nil
        )
        sample = OutOfBagMask.sample(of: features.rows)
        bag = Bag(rows: features.rows)
        drawOrder = []
        self.histogram = histogram
    }

    /// Grows the tree with the number `index`, depth first; returns nil if `isCancelled` returns true.
    mutating func grow(_ index: Int, isCancelled: () -> Bool = { false }) -> GrownTree<Histogram.Leaf>? {
        var generator = SplitMix64(seed, UInt64(index), .max)
        if let draw {
            bag.draw(&generator, weights: draw, labels: labels)
        } else {
            bag.draw(&generator, labels: labels)
        }
        drawOrder = Array(features.columns.indices)
        var grown = GrownTree<Histogram.Leaf>(
            importance: [Double](repeating: 0, count: features.columns.count),
            outOfBag: OutOfBagMask(bag, sample)
        )
        grown.tree.nodes.append(TreeNode(leaf: 0))
        var pending = [Pending(range: 0..<bag.count, depth: 0, node: 0)]
        while let next = pending.popLast() {
            guard !isCancelled() else { return nil }
            histogram.open(bag, next.range)
            guard let split = bestSplit(next, SplitMix64(seed, UInt64(index), UInt64(next.node))) else {
                grown.tree.nodes[next.node] = TreeNode(leaf: histogram.appendLeaf(to: &grown.tree))
                continue
            }
            grown.importance[split.feature] += split.cut.score - histogram.score
            let middle = apply(split, to: next, &grown.tree)
            let (left, depth) = (grown.tree.nodes.count - 2, next.depth + 1)
            pending.append(Pending(range: middle..<next.range.upperBound, depth: depth, node: left + 1))
            pending.append(Pending(range: next.range.lowerBound..<middle, depth: depth, node: left))
        }
        return grown
    }

    /// The best cut by features drawn at random.
    ///
    /// A feature that cannot split the node is replaced by another draw. Of equal cuts by different features,
    /// the cut by the feature drawn first wins.
    private mutating func bestSplit(_ node: Pending, _ stream: SplitMix64) -> (feature: Int, cut: Cut)? {
        guard node.depth < parameters.maxDepth ?? .max, histogram.draws >= parameters.minSamplesSplit,
            node.range.count > 1, !histogram.isPure
        else { return nil }
        var generator = stream
        var best: (feature: Int, cut: Cut)?
        var (drawn, counted) = (0, 0)
        while drawn < drawOrder.count, counted < featuresPerSplit {
            drawOrder.swapAt(drawn, drawn + generator.below(drawOrder.count - drawn))
            let feature = drawOrder[drawn]
            drawn += 1
            let cut = histogram.bestCut(
                bag,
                node.range,
                features.columns[feature],
                minLeaf: parameters.minSamplesLeaf
            )
            guard let cut else { continue }
            counted += 1
            if cut.score > best?.cut.score ?? -1 { best = (feature, cut) }
        }
        return best
    }

    /// Splits the node in the tree and in the bag, and returns the start of the right side's rows.
    ///
    /// If the feature has no missing values in the node, a missing value in a prediction goes to the side with more
    /// rows.
    private mutating func apply(_ split: (feature: Int, cut: Cut), to node: Pending, _ tree: inout Tree)
        -> Int
    {
        let column = features.columns[split.feature]
        let middle = bag.partition(node.range, by: split.cut, column: column.bins)
        let isLeftGreater = middle - node.range.lowerBound > node.range.upperBound - middle
        tree.nodes[node.node] = TreeNode(
            feature: split.feature,
            threshold: column.threshold(above: split.cut.bin, below: split.cut.next),
            missingGoesLeft: split.cut.missing.map { $0 == .left } ?? isLeftGreater,
            left: tree.nodes.count
        )
        tree.nodes += [TreeNode(leaf: 0), TreeNode(leaf: 0)]
        return middle
    }
}
