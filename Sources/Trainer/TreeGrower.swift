/// Grows trees one after the other, with memory that it makes once: one grower per thread.
struct TreeGrower {
    /// A row in the bag: drawn `weight` times.
    private struct Sample {
        var row: UInt32
        var label: UInt16
        var weight: UInt16
    }

    /// A node that is still to be split.
    private struct Pending {
        var range: Range<Int>
        var depth: Int
        var node: Int
    }

    /// What a tree brings: itself, what each feature was worth to it, and which rows it never saw.
    struct Grown {
        var tree = DecisionTree()
        /// Impurity decrease by feature, weighted by rows.
        var importance: [Double]
        /// Rows that the bag left out, ascending.
        var outOfBag: [Int] = []
    }

    private let features: BinnedFeatures
    private let labels: [UInt16]
    private let classes: Int
    private let maxDepth: Int
    private let seed: UInt64
    private let unitsPerLeaf: Int
    private let featuresPerSplit: Int

    private var samples: [Sample] = []
    private var rightSide: [Sample] = []
    private var drawOrder: [Int]
    private var histogram: BinHistogram

    init(
        features: BinnedFeatures,
        labels: [UInt16],
        classes: Int,
        parameters: ForestParameters
    ) {
        self.features = features
        self.labels = labels
        self.classes = classes
        maxDepth = parameters.maxDepth ?? .max
        seed = parameters.seed
        unitsPerLeaf = VoteUnits.perLeaf(trees: parameters.trees)
        featuresPerSplit = max(1, Int(Double(features.columns.count).squareRoot()))
        drawOrder = Array(features.columns.indices)
        histogram = BinHistogram(classes: classes)
    }

    /// Grows tree number `index`: depth first, children appended in pairs; nil when `isCancelled` said so.
    mutating func grow(_ index: Int, isCancelled: () -> Bool = { false }) -> Grown? {
        var grown = Grown(importance: [Double](repeating: 0, count: features.columns.count))
        fillBag(index, &grown)
        drawOrder = Array(features.columns.indices)
        grown.tree.nodes.append(.init(feature: -1, threshold: 0, left: 0, right: 0))
        var pending = [Pending(range: samples.indices, depth: 0, node: 0)]
        while let next = pending.popLast() {
            guard !isCancelled() else { return nil }
            let totals = classCounts(next.range)
            var generator = SplitMix64(seed, UInt64(index), UInt64(next.node))
            guard next.depth < maxDepth, let split = bestSplit(next.range, totals, &generator) else {
                appendLeaf(next.node, totals, &grown.tree)
                continue
            }
            let rows = totals.reduce(0, +)
            let squares = totals.reduce(0) { $0 + $1 * $1 }
            grown.importance[split.feature] += split.cut.score - Double(squares) / Double(rows)
            let middle = partition(next.range, by: split)
            let left = grown.tree.nodes.count
            let leaf = DecisionTree.Node(feature: -1, threshold: 0, left: 0, right: 0)
            grown.tree.nodes += [leaf, leaf]
            grown.tree.nodes[next.node] = .init(
                feature: Int32(split.feature),
                threshold: threshold(of: split),
                left: Int32(left),
                right: Int32(left + 1)
            )
            pending.append(
                Pending(range: middle..<next.range.upperBound, depth: next.depth + 1, node: left + 1)
            )
            pending.append(Pending(range: next.range.lowerBound..<middle, depth: next.depth + 1, node: left))
        }
        return grown
    }

    /// Draws as many rows as there are, with replacement; a row that is drawn is kept once, with its count.
    private mutating func fillBag(_ index: Int, _ grown: inout Grown) {
        var weights = [UInt16](repeating: 0, count: labels.count)
        var generator = SplitMix64(seed, UInt64(index), .max)
        for _ in labels.indices {
            let row = generator.below(labels.count)
            // A count that would not fit is a draw that is lost: at 65,535 nobody will see it.
            if weights[row] < .max { weights[row] += 1 }
        }
        samples.removeAll(keepingCapacity: true)
        for (row, weight) in weights.enumerated() {
            if weight > 0 {
                samples.append(Sample(row: UInt32(row), label: labels[row], weight: weight))
            } else {
                grown.outOfBag.append(row)
            }
        }
    }

    private func classCounts(_ range: Range<Int>) -> [Int] {
        var counts = [Int](repeating: 0, count: classes)
        for index in range { counts[Int(samples[index].label)] += Int(samples[index].weight) }
        return counts
    }

    /// The best cut among features drawn at random; one that is constant here does not count as drawn.
    private mutating func bestSplit(
        _ range: Range<Int>,
        _ totals: [Int],
        _ generator: inout SplitMix64
    ) -> (feature: Int, cut: BinHistogram.Cut)? {
        let rows = totals.reduce(0, +)
        guard range.count > 1, !totals.contains(rows) else { return nil }
        var best: (feature: Int, cut: BinHistogram.Cut)?
        var (drawn, counted) = (0, 0)
        while drawn < drawOrder.count, counted < featuresPerSplit {
            drawOrder.swapAt(drawn, drawn + generator.below(drawOrder.count - drawn))
            let feature = drawOrder[drawn]
            drawn += 1
            fillHistogram(range, feature)
            guard let cut = histogram.takeBestCut(totals: totals, rows: rows) else { continue }
            counted += 1
            if cut.score > best?.cut.score ?? -1 { best = (feature, cut) }
        }
        return best
    }

    private mutating func fillHistogram(_ range: Range<Int>, _ feature: Int) {
        let bins = features.columns[feature].bins
        for index in range {
            let sample = samples[index]
            histogram.add(bin: bins[Int(sample.row)], label: sample.label, weight: sample.weight)
        }
    }

    private func threshold(of split: (feature: Int, cut: BinHistogram.Cut)) -> Float {
        let column = features.columns[split.feature]
        return Threshold.between(column.greatest[split.cut.bin], column.least[split.cut.next])
    }

    /// Brings the rows that go left to the front of the range, order kept, and returns where the others begin.
    private mutating func partition(_ range: Range<Int>, by split: (feature: Int, cut: BinHistogram.Cut))
        -> Int
    {
        let bins = features.columns[split.feature].bins
        var front = range.lowerBound
        rightSide.removeAll(keepingCapacity: true)
        for index in range {
            let sample = samples[index]
            if Int(bins[Int(sample.row)]) <= split.cut.bin {
                samples[front] = sample
                front += 1
            } else {
                rightSide.append(sample)
            }
        }
        for (offset, sample) in rightSide.enumerated() { samples[front + offset] = sample }
        return front
    }

    private func appendLeaf(_ node: Int, _ totals: [Int], _ tree: inout DecisionTree) {
        let shares = VoteUnits.share(unitsPerLeaf, by: totals)
        let first = tree.votes.count
        for (label, units) in shares.enumerated() where units > 0 {
            tree.votes.append(.init(label: UInt16(label), units: UInt32(units)))
        }
        tree.nodes[node].left = Int32(first)
        tree.nodes[node].right = Int32(tree.votes.count - first)
    }
}
