import Tables

@testable import Trainer

/// A simple implementation of a boosted tree, with which the fast one must agree.
///
/// For each leaf and after each split, it tries every threshold of every feature on lists of rows.
struct PlainBoost {
    let training: BoostTrainingData
    let data: Dataset

    indirect enum Node: Equatable {
        case leaf(rows: [Int])
        case split(feature: Int, threshold: Float, missingGoesLeft: Bool, Node, Node)
    }

    private struct Cut {
        let gain: Double
        let feature: Int
        let threshold: Float
        let missingGoesLeft: Bool
        let left: [Int]
        let right: [Int]
    }

    /// Grows a tree on `rows`.
    func grow(rows: [Int]) -> Node {
        var leaves: [(path: [Bool], rows: [Int])] = [([], rows)]
        var splits: [[Bool]: Cut] = [:]
        while leaves.count < training.parameters.leaves {
            var best: (leaf: Int, cut: Cut)?
            for (index, leaf) in leaves.enumerated() {
                guard leaf.path.count < training.parameters.maxDepth ?? .max, let cut = bestCut(leaf.rows)
                else {
                    continue
                }
                if cut.gain > best?.cut.gain ?? 0 { best = (index, cut) }
            }
            guard let best else { break }
            let path = leaves[best.leaf].path
            splits[path] = best.cut
            leaves[best.leaf] = (path + [false], best.cut.left)
            leaves.append((path + [true], best.cut.right))
        }
        func node(_ path: [Bool], _ rows: [Int]) -> Node {
            guard let cut = splits[path] else { return .leaf(rows: rows) }
            return .split(
                feature: cut.feature,
                threshold: cut.threshold,
                missingGoesLeft: cut.missingGoesLeft,
                node(path + [false], cut.left),
                node(path + [true], cut.right)
            )
        }
        return node([], rows)
    }

    private func gain(_ rows: [Int]) -> Double {
        let sum = rows.reduce(Int64(0)) { unsafe $0 + training.gradients.base[$1] }
        let slope = training.packing.slope(sum)
        return slope * slope / (training.packing.curvature(sum) + training.parameters.l2)
    }

    private func bestCut(_ rows: [Int]) -> Cut? {
        var best: Cut?
        for (index, feature) in data.features.enumerated() {
            let present = rows.filter { !feature.values[$0].isNaN }
            let missing = rows.filter { feature.values[$0].isNaN }
            let distinct = Set(present.map { feature.values[$0] }).sorted()
            for missingGoesLeft in missing.isEmpty ? [false] : [false, true] {
                for (position, value) in distinct.enumerated() {
                    let isLast = position + 1 == distinct.count
                    guard !isLast || !missing.isEmpty && !missingGoesLeft else { continue }
                    func goesLeft(_ row: Int) -> Bool {
                        let cell = feature.values[row]
                        return cell.isNaN ? missingGoesLeft : cell <= value
                    }
                    let (left, right) = (rows.filter(goesLeft), rows.filter { !goesLeft($0) })
                    guard min(left.count, right.count) >= training.parameters.minSamplesLeaf else { continue }
                    let gain = gain(left) + gain(right) - gain(rows)
                    guard gain > best?.gain ?? 0 else { continue }
                    best = Cut(
                        gain: gain,
                        feature: index,
                        threshold: isLast
                            ? .greatestFiniteMagnitude : Threshold.between(value, distinct[position + 1]),
                        missingGoesLeft: missing.isEmpty ? left.count > right.count : missingGoesLeft,
                        left: left,
                        right: right
                    )
                }
            }
        }
        return best
    }
}

extension DecisionTree {
    func plainBoost(_ data: Dataset, rows: [Int], from index: Int = 0) -> PlainBoost.Node {
        let node = nodes[index]
        guard !node.isLeaf else { return .leaf(rows: rows) }
        let values = data.features[node.feature].values
        let left = Int(node.link)
        return .split(
            feature: node.feature,
            threshold: node.threshold,
            missingGoesLeft: node.missingGoesLeft,
            plainBoost(data, rows: rows.filter { node.child(for: values[$0]) == left }, from: left),
            plainBoost(data, rows: rows.filter { node.child(for: values[$0]) != left }, from: left + 1)
        )
    }
}
