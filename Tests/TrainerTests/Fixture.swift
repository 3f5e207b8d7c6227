import Foundation
import Tables

@testable import Trainer

/// Data that several suites train on.
enum Fixture {
    static let iris = data("iris.csv")

    /// The file with this name in the folder `Data`.
    static func data(_ name: String) -> [UInt8] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name)")
        guard let data = FileManager.default.contents(atPath: url.path(percentEncoded: false)) else {
            preconditionFailure("\(name) is missing beside the tests")
        }
        return Array(data)
    }

    /// The FNV-1a hashes of the files of models of iris in format 5.
    static let goldenIris: [(Learner, UInt64)] = [
        (.forest(ForestParameters()), 15_725_274_470_004_491_728),
        (.boost(BoostParameters()), 5_267_168_104_153_506_497),
        (.linear(LinearParameters()), 14_064_176_387_277_052_525),
    ]

    /// A table of points scattered around one centre per class, generated from a seed.
    static func blobs(rows: Int, classes: Int, seed: UInt64, labels: (Int) -> String = { "c\($0)" })
        -> [UInt8]
    {
        var generator = SplitMix64(seed)
        var csv = "x,y,z,class\n"
        for row in 0..<rows {
            let label = row % classes
            let point = (0..<3).map { axis in
                Double((label * (axis + 3)) % 7) + Double(generator.below(4_000)) / 1_000
            }
            csv += point.map { "\($0)" }.joined(separator: ",") + ",\(labels(label))\n"
        }
        return Array(csv.utf8)
    }

    static func fnv1a(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension Model {
    func onnxBytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        try writeONNX { bytes += $0 }
        return bytes
    }
}

extension TreeNode {
    /// The child of a split that a row with this value goes to.
    func child(for value: Float) -> Int {
        let goesLeft = value.isNaN ? missingGoesLeft : value <= threshold
        return Int(link) + (goesLeft ? 0 : 1)
    }
}

extension DecisionTree {
    /// The index in `leaves` of the leaf that a row reaches; `value` returns the row's value of a feature.
    func leaf(_ value: (Int) -> Float) -> Int {
        var node = nodes[0]
        while !node.isLeaf { node = nodes[node.child(for: value(node.feature))] }
        return Int(node.link)
    }

    var depth: Int {
        var depths = [Int](repeating: 0, count: nodes.count)
        for (index, node) in nodes.enumerated() where !node.isLeaf {
            depths[Int(node.link)] = depths[index] + 1
            depths[Int(node.link) + 1] = depths[index] + 1
        }
        return depths.max() ?? 0
    }
}

// Calls with arrays, because a span of a temporary array cannot be an argument inside an expectation.

extension Model {
    init(onnxBytes bytes: [UInt8]) throws(ONNXError) { try self.init(onnx: bytes.span) }

    func predict(_ csv: [UInt8]) throws(TableError) -> Predictions {
        let table = try FeatureTable(csv.span, for: self, threads: 2)
        return predict(table.columns, threads: 2)
    }

    var votingTrees: [VotingTree] {
        guard case .votes(let trees) = body else { return [] }
        return trees
    }
}

extension ModelTrainer {
    func train(
        _ csv: [UInt8],
        shards: [ForestShard] = [],
        isCancelled: @escaping @Sendable () -> Bool = { false },
        onStep: @escaping @Sendable (TrainingStep) -> Void = { _ in }
    ) throws(TrainingError) -> TrainedModel {
        try train(csv: csv.span, shards: shards, isCancelled: isCancelled, onStep: onStep)
    }

    func grow(_ trees: Range<Int>, of forest: ForestParameters, _ csv: [UInt8]) throws(TrainingError)
        -> ForestShard
    {
        try grow(trees, of: forest, csv: csv.span)
    }
}

extension LearningParameters {
    /// The default parameters with a forest that `set` changes.
    static func forest(_ set: (inout ForestParameters) -> Void = { _ in }) -> LearningParameters {
        var (learning, forest) = (LearningParameters(), ForestParameters())
        set(&forest)
        learning.learner = .forest(forest)
        return learning
    }
}
