/// A model and how good it is.
package struct TrainedModel: Sendable {
    package let model: Model
    package let report: ForestReport
}

/// Turns a table into a model.
///
/// Data, parameters and seed decide every bit of the model: not threads, not the machine.
package struct ModelTrainer: Sendable {
    private let parameters: LearningParameters
    private let threads: Int
    private let datasetSHA256: String?

    /// Trains on `threads` threads; `datasetSHA256` (hex) becomes part of the model's provenance.
    package init(_ parameters: LearningParameters, threads: Int, datasetSHA256: String? = nil) {
        self.parameters = parameters
        self.threads = max(1, threads)
        self.datasetSHA256 = datasetSHA256
    }

    /// Learns from `csv`; blocks until it is done, and calls both closures from threads of its own.
    ///
    /// - Throws: ``TrainingError``, `cancelled` soon after `isCancelled` says so.
    package func train(
        csv: Span<UInt8>,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        onProgress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
    ) throws(TrainingError) -> TrainedModel {
        let data = try Dataset(csv: csv, target: parameters.target)
        let split = try StratifiedSplit(
            labels: data.labels,
            classes: data.classes.count,
            share: parameters.testShare,
            seed: parameters.seed
        )
        let watch = TrainingWatch(isCancelled: isCancelled, onProgress: onProgress)
        let fitted = try parameters.learner.fit(
            data,
            rows: split.train,
            seed: parameters.seed,
            threads: threads,
            watch
        )
        let model = Model(data, fitted, parameters, datasetSHA256: datasetSHA256)
        let report = report(on: model, fitted, data: data, split: split)
        return TrainedModel(
            model: model.adding(Provenance.metadata(report)),
            report: report
        )
    }

    private func report(on model: Model, _ fitted: Fitted, data: Dataset, split: StratifiedSplit)
        -> ForestReport
    {
        let columns = data.features.map { feature in split.test.map { feature.values[$0] } }
        var predicted: [Int] = []
        if case .classes(let labels, _) = model.predict(columns, threads: threads) {
            predicted = labels.map(Int.init)
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
            outOfBagScore: fitted.outOfBagScore,
            confusion: scores.confusion,
            scores: data.classes.indices.map { Self.classScore($0, data.classes[$0], scores) },
            importance: Self.ranked(fitted.importance, names: data.features.map(\.name)),
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
