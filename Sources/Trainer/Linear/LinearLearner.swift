import Tables

/// Fits ridge regression, logistic regression or multinomial logistic regression.
struct LinearLearner: Sendable {
    let parameters: LinearParameters
    let threads: Int

    /// Trains a model on `rows` of the data, or on a sample if there are more rows than ``LinearParameters/maxRows``.
    ///
    /// The weights of rows multiply their losses. The problem has weights in a unit of its own, by which the strength of
    /// the regularisation is divided too.
    func fit(_ data: Dataset, rows: [Int], _ observer: TrainingObserver) throws(TrainingError) -> FitResult {
        let all = try RowWeights(data, rows: rows).rows
        let sample = RowSample.rows(parameters.maxRows ?? all.count, of: all.count).map { all[$0] }
        let weighted = try RowWeights(data, rows: sample)
        let design = LinearDesign(data.features, rows: sample, weights: weighted.values)
        let problem = LinearProblem(
            data,
            rows: sample,
            weights: weighted.values,
            design,
            l2: parameters.l2 / weighted.unit,
            threads: threads
        )
        let minimum = NewtonMethod(problem: problem).minimum(observer)
        guard let minimum else { throw .cancelled }
        let scores = problem.loss.scores
        let model = LinearModel(
            design: design,
            weights: Array(minimum.dropLast(scores)),
            bias: Array(minimum.suffix(scores))
        )
        return FitResult(
            body: .linear(model),
            importance: Self.importance(model, features: data.features.count),
            outOfBag: .none
        )
    }

    /// The importance of each feature: the mean absolute weight of its columns, divided by the sum over all features.
    ///
    /// If all weights are 0, the importances are 0.
    private static func importance(_ model: LinearModel, features: Int) -> [Double] {
        let count = model.bias.count
        var sizes = [Double](repeating: 0, count: features)
        func size(_ column: Int) -> Double {
            model.weights[column * count..<(column + 1) * count].reduce(0) { $0 + abs($1) }
        }
        for (column, feature) in model.design.numbers.enumerated() { sizes[feature] += size(column) }
        var column = model.design.numbers.count
        for (feature, labels) in model.design.categories {
            for label in 0..<labels { sizes[feature] += size(column + label) / Double(labels) }
            column += labels
        }
        let total = sizes.reduce(0, +)
        return total > 0 ? sizes.map { $0 / total } : sizes
    }
}
