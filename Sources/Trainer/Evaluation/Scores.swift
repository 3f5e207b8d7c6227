/// The scores of a classification or of a regression.
enum Scores {
    case classification(ClassificationScores)
    case regression(RegressionScores)

    var classification: ClassificationScores? {
        if case .classification(let scores) = self { scores } else { nil }
    }

    var regression: RegressionScores? {
        if case .regression(let scores) = self { scores } else { nil }
    }

    /// The main scores with their names; the most important score is first.
    var headlines: [(name: String, value: Double)] {
        switch self {
        case .classification(let scores):
            [
                ("accuracy", scores.accuracy), ("balanced accuracy", scores.balancedAccuracy),
                ("macro F1", scores.macroF1), ("log loss", scores.logLoss),
            ]
        case .regression(let scores):
            [("R²", scores.r2), ("RMSE", scores.rmse), ("mean error", scores.mae)]
        }
    }
}

extension [Double] {
    var mean: Double { reduce(0, +) / Double(count) }

    /// The sample standard deviation (divisor n - 1); 0 for a single value.
    var deviation: Double {
        guard count > 1 else { return 0 }
        let mean = mean
        return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    }
}
