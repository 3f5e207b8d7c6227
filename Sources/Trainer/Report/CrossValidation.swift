import Tables

/// How good the models are that learn from all rows but a part, on that part, each part in turn.
package struct CrossValidation: Codable, Equatable, Sendable {
    package struct Score: Codable, Equatable, Sendable {
        package let name: String
        /// Of each part.
        package let values: [Double]
        package let mean: Double
        /// The standard deviation of the parts' values, which is that of a sample.
        package let deviation: Double

        init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
            mean = values.mean
            deviation = values.deviation
        }
    }

    package let folds: Int
    package let scores: [Score]

    /// Cuts the rows into `folds` parts, each with the classes in the same proportion, and asks `measure` what a model
    /// that learnt from the first rows is worth on the second ones.
    ///
    /// - Throws: ``TrainingError/tooFewRows(rows:)`` where there are fewer rows than parts, and what `measure` throws.
    init(
        _ data: Dataset,
        folds: Int,
        seed: UInt64,
        measure: (_ train: [Int], _ test: [Int]) throws(TrainingError) -> Scores?
    ) throws(TrainingError) {
        guard data.rows >= folds else { throw .tooFewRows(rows: data.rows) }
        let fold = Self.folds(data, count: folds, seed: seed)
        var measured: [Scores] = []
        for part in 0..<folds {
            let (train, test) = (
                fold.indices.filter { fold[$0] != part }, fold.indices.filter { fold[$0] == part }
            )
            if let scores = try measure(train, test) { measured.append(scores) }
        }
        self.folds = folds
        scores = measured[0].headlines.indices.map { index in
            Score(measured[0].headlines[index].name, measured.map { $0.headlines[index].value })
        }
    }

    /// The part of each row: the rows of each class are dealt out one by one, where the class before has stopped.
    static func folds(_ data: Dataset, count: Int, seed: UInt64) -> [Int] {
        var folds = [Int](repeating: 0, count: data.rows)
        for (position, row) in RowGroups(data).shuffled(seed: seed).joined().enumerated() {
            folds[row] = position % count
        }
        return folds
    }
}

/// The scores of either task.
enum Scores {
    case classification(ClassificationScores)
    case regression(RegressionScores)

    /// Those that tell most, the first one first.
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

    /// Of a sample: the sum of squares is divided by one less than the count; 0 for a single value.
    var deviation: Double {
        guard count > 1 else { return 0 }
        let mean = mean
        return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    }
}
