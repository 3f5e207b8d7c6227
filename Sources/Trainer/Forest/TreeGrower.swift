/// Grows trees one after the other, with memory that it makes once: one grower per thread.
///
/// Every draw comes from a stream of its own, keyed by seed, tree and node: what other trees, threads or shards do
/// changes nothing.
struct TreeGrower<Histogram: NodeHistogram> {
    typealias Tree = DecisionTree<Histogram.Leaf>

    /// A node that is still to be split.
    private struct Pending {
        var range: Range<Int>
        var depth: Int
        var node: Int
    }

    private let features: BinnedFeatures
    private let labels: Slab<UInt16>?
    private let parameters: ForestParameters
    private let seed: UInt64
    private let featuresPerSplit: Int

    private let sample: [Int]
    private var bag: Bag
    private var drawOrder: [Int]
    private var histogram: Histogram

    /// `labels` are the classes of the rows, nil where values are predicted.
    init(_ ground: ForestGround, histogram: Histogram) {
        features = ground.features
        labels = ground.labels
        parameters = ground.parameters
        seed = ground.seed
        featuresPerSplit = parameters.maxFeatures.count(
            of: features.columns.count,
            isClassification: labels != nil
        )
        sample = OutOfBag.sample(of: features.rows)
        bag = Bag(rows: features.rows)
        drawOrder = []
        self.histogram = histogram
    }

    /// Grows tree number `index`: depth first, children side by side; nil when `isCancelled` said so.
    mutating func grow(_ index: Int, isCancelled: () -> Bool = { false }) -> GrownTree<Histogram.Leaf>? {
        var generator = SplitMix64(seed, UInt64(index), .max)
        bag.draw(&generator, labels: labels)
        drawOrder = Array(features.columns.indices)
        var grown = GrownTree<Histogram.Leaf>(
            importance: [Double](repeating: 0, count: features.columns.count),
            outOfBag: OutOfBag(bag, sample)
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

    /// The best cut among features drawn at random; one that cannot be cut here does not count as drawn.
    ///
    /// Among equal cuts the first drawn wins, within a feature the lowest.
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

    /// Splits the node in tree and bag, and returns where the right side's rows begin.
    ///
    /// Rows without a value, where none was seen here, will follow the greater side.
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
