import Dispatch
import Synchronization

/// How far a training is.
package struct ForestProgress: Equatable, Sendable {
    package let treesGrown: Int
    package let trees: Int

    /// 0 to 1.
    package var fraction: Double { Double(treesGrown) / Double(trees) }
}

/// A forest and how good it is.
package struct TrainedForest: Sendable {
    package let model: ForestModel
    package let report: ForestReport
}

/// Turns a table into a random forest (Breiman 2001) that classifies.
///
/// Data, parameters and seed decide every bit of the model: not threads, not the machine.
package struct ForestTrainer: Sendable {
    private let parameters: ForestParameters
    private let threads: Int
    private let datasetSHA256: String?

    /// Trains on `threads` threads; `datasetSHA256` (hex) becomes part of the model's provenance.
    package init(_ parameters: ForestParameters, threads: Int, datasetSHA256: String? = nil) {
        self.parameters = parameters
        self.threads = max(1, threads)
        self.datasetSHA256 = datasetSHA256
    }

    /// Learns from `csv`; blocks until it is done, and calls both closures from threads of its own.
    ///
    /// - Throws: ``TrainingError``, `cancelled` soon after `isCancelled` says so.
    package func train(
        csv: Span<UInt8>,
        isCancelled: @Sendable () -> Bool = { false },
        onProgress: @Sendable (ForestProgress) -> Void = { _ in }
    ) throws(TrainingError) -> TrainedForest {
        var options = TableOptions()
        options.target = parameters.target
        let data = try Table(csv, options, threads: threads, isCancelled: isCancelled).data
        let split = try StratifiedSplit(
            labels: data.labels,
            classes: data.classes.count,
            share: parameters.testShare,
            seed: parameters.seed
        )
        let forest = try grow(data, split.train, isCancelled: isCancelled, onProgress: onProgress)
        let report = report(on: forest, data: data, split: split)
        let model = ForestModel(
            target: data.target,
            features: data.features.map(\.name),
            classes: data.classes,
            metadata: Provenance.metadata(parameters, report: report, datasetSHA256: datasetSHA256),
            trees: forest.trees
        )
        return TrainedForest(model: model, report: report)
    }

    /// Trees in their order, whoever grew them, with what they bring summed up in that order too.
    private struct Forest {
        var trees: [DecisionTree] = []
        var importance: [Double]
        var outOfBagScore: Double?
    }

    private func grow(
        _ data: Dataset,
        _ rows: [Int],
        isCancelled: @Sendable () -> Bool,
        onProgress: @Sendable (ForestProgress) -> Void
    ) throws(TrainingError) -> Forest {
        let features = BinnedFeatures(data.features.map(\.values), rows: rows)
        let labels = rows.map { data.labels[$0] }
        let parameters = parameters
        let next = Atomic(0)
        let finished = Mutex([TreeGrower.Grown?](repeating: nil, count: parameters.trees))
        let done = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, parameters.trees)) { _ in
            var grower = TreeGrower(
                features: features,
                labels: labels,
                classes: data.classes.count,
                parameters: parameters
            )
            while !isCancelled() {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < parameters.trees, let grown = grower.grow(index, isCancelled: isCancelled)
                else { break }
                finished.withLock { $0[index] = grown }
                let count = done.add(1, ordering: .relaxed).newValue
                onProgress(ForestProgress(treesGrown: count, trees: parameters.trees))
            }
        }
        let grown = finished.withLock { $0.compactMap(\.self) }
        guard grown.count == parameters.trees else { throw .cancelled }
        return Forest(
            trees: grown.map(\.tree),
            importance: Self.importance(grown, features: data.features.count),
            outOfBagScore: Self.outOfBagScore(grown, data: data, rows: rows)
        )
    }

    /// Each tree's shares, averaged, and made to sum to 1 again (scikit-learn's definition).
    private static func importance(_ grown: [TreeGrower.Grown], features: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: features)
        for tree in grown {
            let total = tree.importance.reduce(0, +)
            guard total > 0 else { continue }
            for index in sums.indices { sums[index] += tree.importance[index] / total }
        }
        let total = sums.reduce(0, +)
        return total > 0 ? sums.map { $0 / total } : sums
    }

    private static func outOfBagScore(_ grown: [TreeGrower.Grown], data: Dataset, rows: [Int]) -> Double? {
        let classes = data.classes.count
        var sums = [UInt32](repeating: 0, count: rows.count * classes)
        for tree in grown {
            for index in tree.outOfBag {
                for vote in tree.tree.votes({ data.features[$0].values[rows[index]] }) {
                    sums[index * classes + Int(vote.label)] += vote.units
                }
            }
        }
        var (right, counted) = (0, 0)
        for index in rows.indices {
            let votes = sums[index * classes..<(index + 1) * classes]
            guard let most = votes.max(), most > 0, let winner = votes.firstIndex(of: most) else { continue }
            counted += 1
            if winner - votes.startIndex == Int(data.labels[rows[index]]) { right += 1 }
        }
        return counted > 0 ? Double(right) / Double(counted) : nil
    }

    private func report(on forest: Forest, data: Dataset, split: StratifiedSplit) -> ForestReport {
        let model = ForestModel(
            target: data.target,
            features: data.features.map(\.name),
            classes: data.classes,
            metadata: [:],
            trees: forest.trees
        )
        let index = Dictionary(uniqueKeysWithValues: zip(data.classes, 0...))
        let predicted = split.test.map { row in
            index[model.predict(data.features.map { $0.values[row] }).label] ?? 0
        }
        let truth = split.test.map { Int(data.labels[$0]) }
        let scores = ClassificationScores(truth: truth, predicted: predicted, classes: data.classes.count)
        let usual = Self.mostFrequent(split.train.map { Int(data.labels[$0]) }, classes: data.classes.count)
        return ForestReport(
            target: data.target,
            features: data.features.map(\.name),
            classes: data.classes,
            trainRows: split.train.count,
            testRows: split.test.count,
            accuracy: scores.accuracy,
            macroF1: scores.macroF1,
            baselineAccuracy: Double(truth.count { $0 == usual }) / Double(truth.count),
            outOfBagScore: forest.outOfBagScore,
            confusion: scores.confusion,
            scores: data.classes.indices.map { Self.classScore($0, data.classes[$0], scores) },
            importance: Self.ranked(forest.importance, names: data.features.map(\.name)),
            warnings: Self.warnings(data, scores)
        )
    }

    private static func mostFrequent(_ labels: [Int], classes: Int) -> Int {
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[label] += 1 }
        return counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    }

    private static func classScore(
        _ index: Int,
        _ label: String,
        _ scores: ClassificationScores
    ) -> ForestReport.ClassScore {
        ForestReport.ClassScore(
            label: label,
            precision: scores.precision(index),
            recall: scores.recall(index),
            f1: scores.f1(index),
            support: scores.support(index)
        )
    }

    private static func ranked(_ shares: [Double], names: [String]) -> [ForestReport.Importance] {
        let order = shares.indices.sorted { shares[$0] == shares[$1] ? $0 < $1 : shares[$0] > shares[$1] }
        return order.map { ForestReport.Importance(feature: names[$0], share: shares[$0]) }
    }

    private static func warnings(_ data: Dataset, _ scores: ClassificationScores) -> [String] {
        let untested = data.classes.indices.filter { scores.support($0) == 0 }.map {
            "\"\(data.classes[$0])\""
        }
        var warnings: [String] = []
        if !untested.isEmpty {
            warnings.append("no test row has the class \(untested.prefix(10).joined(separator: ", "))")
        }
        if data.rows < 10 * data.classes.count {
            warnings.append("\(data.rows) rows are few: trust no figure far")
        }
        return warnings
    }
}
