import Tables

/// Measures models on rows of a dataset.
struct Evaluation: Sendable {
    let data: Dataset
    let threads: Int
    let isCancelled: @Sendable () -> Bool

    /// The scores of `model` on `test` beside those of a model that knows only how often what occurs in `train`; nil
    /// without a row to test on.
    func scores(of model: Model, on test: [Int], knowing train: [Int]) -> Scores? {
        guard !test.isEmpty else { return nil }
        switch (data.target, model.predict(columns(of: test), threads: threads)) {
        case (.classification(let classes, let labels), .classes(let predicted, let probabilities)):
            return .classification(
                ClassificationScores(
                    truth: test.map { labels[$0] },
                    predicted: predicted,
                    probabilities: probabilities,
                    classes: classes,
                    shares: Self.shares(train.map { labels[$0] }, classes: classes.count),
                    threads: threads
                )
            )
        case (.regression(let values), .values(let predicted)):
            return .regression(
                RegressionScores(
                    truth: test.map { values[$0] },
                    predicted: predicted.map(Double.init),
                    usual: train.map { values[$0] }.mean
                )
            )
        default:
            preconditionFailure("a model does the task that it was trained for")
        }
    }

    /// What each feature is worth to `model` on `rows`.
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

    /// Accuracy or R².
    private func headline(of predictions: Predictions, on rows: [Int]) -> Double {
        switch (data.target, predictions) {
        case (.classification(_, let labels), .classes(let predicted, _)):
            return Double(zip(rows, predicted).count { labels[$0] == $1 }) / Double(rows.count)
        case (.regression(let values), .values(let predicted)):
            return RegressionScores(
                truth: rows.map { values[$0] },
                predicted: predicted.map(Double.init),
                usual: 0
            ).r2
        default:
            preconditionFailure("a model does the task that it was trained for")
        }
    }

    private func columns(of rows: [Int]) -> [[Float]] {
        data.features.map { feature in rows.map { feature.values[$0] } }
    }

    private static func shares(_ labels: [UInt16], classes: Int) -> [Double] {
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { Double($0) / Double(labels.count) }
    }
}
