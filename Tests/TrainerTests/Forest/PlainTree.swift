import Tables

@testable import Trainer

/// A simple implementation of a random forest's tree, with which the kernels must agree.
///
/// It tries every value of every drawn feature as a threshold on lists of rows, and draws the same rows and features.
struct PlainTree {
    let data: Dataset
    let parameters: ForestParameters
    let seed: UInt64

    /// The score of a side of a cut; greater is purer.
    private let score: ([Drawn]) -> Double
    private let isPure: ([Drawn]) -> Bool

    /// A row of the bootstrap sample, with its number of draws.
    struct Drawn {
        let row: Int
        let count: Int
    }

    /// A split, or a leaf with its rows.
    indirect enum Node: Equatable {
        case leaf(rows: [Int])
        case split(feature: Int, threshold: Float, missingGoesLeft: Bool, Node, Node)
    }

    init(_ data: Dataset, _ parameters: ForestParameters, seed: UInt64) {
        self.data = data
        self.parameters = parameters
        self.seed = seed
        switch data.target {
        case .classification(let classes, let labels):
            let weights = parameters.classWeight.weights(classes: classes.count, labels: labels)
            func counts(_ rows: [Drawn]) -> [Int] {
                rows.reduce(into: classes.map { _ in 0 }) {
                    $0[Int(labels[$1.row])] += $1.count * weights[Int(labels[$1.row])]
                }
            }
            score = { rows in
                let counts = counts(rows)
                return Double(counts.reduce(0) { $0 + $1 * $1 }) / Double(counts.reduce(0, +))
            }
            isPure = { Set($0.map { labels[$0.row] }).count == 1 }
        case .regression(let values):
            let scale = FixedPoint(fitting: values, trees: parameters.trees)
            let targets = values.map { Int(scale.integer($0)) }
            score = { rows in
                let sum = Double(rows.reduce(0) { $0 + targets[$1.row] * $1.count })
                return sum * sum / Double(rows.reduce(0) { $0 + $1.count })
            }
            isPure = { Set($0.map { targets[$0.row] }).count == 1 }
        }
    }

    private var drawOrder: [Int] = []

    /// Grows the tree with the number `index`.
    mutating func grow(_ index: Int) -> Node {
        var generator = SplitMix64(seed, UInt64(index), .max)
        var counts = [Int](repeating: 0, count: data.rows)
        for _ in 0..<data.rows { counts[generator.below(data.rows)] += 1 }
        drawOrder = Array(data.features.indices)
        var made = 1
        let bag = counts.indices.filter { counts[$0] > 0 }.map { Drawn(row: $0, count: counts[$0]) }
        return node(bag, depth: 0, number: 0, tree: index, made: &made)
    }

    private mutating func node(_ rows: [Drawn], depth: Int, number: Int, tree: Int, made: inout Int) -> Node {
        let leaf = Node.leaf(rows: rows.map(\.row))
        let draws = rows.reduce(0) { $0 + $1.count }
        guard depth < parameters.maxDepth ?? .max, draws >= parameters.minSamplesSplit, !isPure(rows) else {
            return leaf
        }
        var generator = SplitMix64(seed, UInt64(tree), UInt64(number))
        var isClassification = false
        if case .classification = data.target { isClassification = true }
        let wanted = parameters.maxFeatures.count(of: drawOrder.count, isClassification: isClassification)
        var best: (feature: Int, cut: PlainCut)?
        var (drawn, counted) = (0, 0)
        while drawn < drawOrder.count, counted < wanted {
            drawOrder.swapAt(drawn, drawn + generator.below(drawOrder.count - drawn))
            let feature = drawOrder[drawn]
            drawn += 1
            guard let cut = bestCut(rows, feature) else { continue }
            counted += 1
            if cut.score > best?.cut.score ?? -1 { best = (feature, cut) }
        }
        guard let best else { return leaf }
        let left = made
        made += 2
        let values = data.features[best.feature].values
        let hasMissing = rows.contains { values[$0.row].isNaN }
        let sides = rows.reduce(into: (left: [Drawn](), right: [Drawn]())) { sides, drawn in
            let value = values[drawn.row]
            let goesLeft = value.isNaN ? best.cut.missingGoesLeft : value <= best.cut.threshold
            if goesLeft { sides.left.append(drawn) } else { sides.right.append(drawn) }
        }
        let leftNode = node(sides.left, depth: depth + 1, number: left, tree: tree, made: &made)
        return .split(
            feature: best.feature,
            threshold: best.cut.threshold,
            missingGoesLeft: hasMissing ? best.cut.missingGoesLeft : sides.left.count > sides.right.count,
            leftNode,
            node(sides.right, depth: depth + 1, number: left + 1, tree: tree, made: &made)
        )
    }

    private struct PlainCut {
        let score: Double
        let threshold: Float
        let missingGoesLeft: Bool
    }

    /// The best cut among all thresholds between adjacent values, with missing values on the right, then on the left.
    private func bestCut(_ rows: [Drawn], _ feature: Int) -> PlainCut? {
        let values = data.features[feature].values
        let present = rows.filter { !values[$0.row].isNaN }
        let missing = rows.filter { values[$0.row].isNaN }
        let distinct = Set(present.map { values[$0.row] }).sorted()
        var best: PlainCut?
        for missingGoesLeft in missing.isEmpty ? [false] : [false, true] {
            for (position, value) in distinct.enumerated() {
                let isLast = position + 1 == distinct.count
                guard !isLast || !missing.isEmpty && !missingGoesLeft else { continue }
                let left = present.filter { values[$0.row] <= value } + (missingGoesLeft ? missing : [])
                let right = present.filter { values[$0.row] > value } + (missingGoesLeft ? [] : missing)
                let least = [left, right].map { $0.reduce(0) { $0 + $1.count } }.min() ?? 0
                guard least >= parameters.minSamplesLeaf else { continue }
                let score = score(left) + score(right)
                guard score > best?.score ?? -1 else { continue }
                best = PlainCut(
                    score: score,
                    threshold: isLast
                        ? .greatestFiniteMagnitude : Threshold.between(value, distinct[position + 1]),
                    missingGoesLeft: missingGoesLeft
                )
            }
        }
        return best
    }
}

extension DecisionTree {
    /// The tree as nodes of a ``PlainTree``; a leaf has the rows of `bag` that reach it.
    func plain(_ data: Dataset, bag: [Int], from index: Int = 0) -> PlainTree.Node {
        let node = nodes[index]
        guard !node.isLeaf else { return .leaf(rows: bag) }
        let values = data.features[node.feature].values
        let left = Int(node.link)
        return .split(
            feature: node.feature,
            threshold: node.threshold,
            missingGoesLeft: node.missingGoesLeft,
            plain(data, bag: bag.filter { node.child(for: values[$0]) == left }, from: left),
            plain(data, bag: bag.filter { node.child(for: values[$0]) != left }, from: left + 1)
        )
    }
}
