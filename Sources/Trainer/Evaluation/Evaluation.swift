import Tables

/// Evaluates models on rows of a dataset.
struct Evaluation: Sendable {
    let data: Dataset
    let threads: Int
    let isCancelled: @Sendable () -> Bool

    /// The scores of `model` on the rows `test`; nil if `test` is empty.
    ///
    /// The scores include those of a baseline that knows only the targets of the rows `train`.
    func scores(of model: Model, on test: [Int], baselineFrom train: [Int]) -> Scores? {
        guard !test.isEmpty else { return nil }
        switch (data.target, model.predict(columns(of: test), threads: threads)) {
        case (.classification(let classes, let labels), .classes(let predicted, let probabilities)):
            return .classification(
                ClassificationScores(
                    truth: test.map { labels[$0] },
                    predicted: predicted,
                    probabilities: probabilities,
                    classes: classes,
                    frequencies: Self.frequencies(train.map { labels[$0] }, classes: classes.count),
                    threads: threads
                )
            )
        case (.regression(let values), .values(let predicted)):
            return .regression(
                RegressionScores(
                    truth: test.map { values[$0] },
                    predicted: predicted.map(Double.init),
                    baseline: train.map { values[$0] }.mean
                )
            )
        default:
            preconditionFailure("a model is evaluated on another task than it was trained for")
        }
    }

    /// The permutation importance of each feature, measured on `rows`; the most important feature is first.
    ///
    /// - Throws: ``TrainingError/cancelled`` soon after `isCancelled` returns true.
    func permutationImportance(
        of model: Model,
        on rows: [Int],
        repeats: Int,
        seed: UInt64
    ) throws(TrainingError) -> [PermutationImportance] {
        try PermutationImportance.all(
            names: data.features.map(\.name),
            columns: columns(of: rows),
            repeats: repeats,
            seed: seed
        ) { columns throws(TrainingError) in
            guard !isCancelled() else { throw .cancelled }
            return headline(of: model.predict(columns, threads: threads), on: rows)
        }
    }

    /// The accuracy of a classification, or R² of a regression.
    private func headline(of predictions: Predictions, on rows: [Int]) -> Double {
        switch (data.target, predictions) {
        case (.classification(_, let labels), .classes(let predicted, _)):
            return Double(zip(rows, predicted).count { labels[$0] == $1 }) / Double(rows.count)
        case (.regression(let values), .values(let predicted)):
            return RegressionScores(
                truth: rows.map { values[$0] },
                predicted: predicted.map(Double.init),
                baseline: 0
            ).r2
        default:
            preconditionFailure("a model is evaluated on another task than it was trained for")
        }
    }

    private func columns(of rows: [Int]) -> [[Float]] {
        data.features.map { feature in rows.map { feature.values[$0] } }
    }

    private static func frequencies(_ labels: [UInt16], classes: Int) -> [Double] {
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { Double($0) / Double(labels.count) }
    }
}
