/// The scores of a regression, with scikit-learn's definitions.
package struct RegressionScores: Codable, Equatable, Sendable {
    /// The root mean squared error.
    package let rmse: Double
    /// The root mean squared error of a baseline that always predicts the mean target of the training rows.
    package let baselineRMSE: Double
    /// The mean absolute error.
    package let mae: Double
    /// The mean absolute error of a baseline that always predicts the mean target of the training rows.
    package let baselineMAE: Double
    package let medianAbsoluteError: Double
    /// The coefficient of determination.
    ///
    /// It is below 0 if always predicting the mean target of the test rows is better than the model.
    package let r2: Double
    /// The true and predicted values of a sample of at most 300 test rows.
    package let examples: [Example]

    package struct Example: Codable, Equatable, Sendable {
        package let truth: Double
        package let predicted: Double
    }

    private static let maxExamples = 300

    /// The scores of predictions for test rows; `baseline` is the mean target of the training rows.
    init(truth: [Double], predicted: [Double], baseline: Double) {
        let count = Double(truth.count)
        let errors = zip(truth, predicted).map { $0 - $1 }
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        let mean = truth.reduce(0, +) / count
        let spread = truth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        rmse = (squares / count).squareRoot()
        baselineRMSE = (truth.reduce(0) { $0 + ($1 - baseline) * ($1 - baseline) } / count).squareRoot()
        mae = errors.reduce(0) { $0 + $1.magnitude } / count
        baselineMAE = truth.reduce(0) { $0 + ($1 - baseline).magnitude } / count
        medianAbsoluteError = Self.median(errors.map(\.magnitude))
        // R² is undefined for a constant target; 1 and 0 are scikit-learn's values.
        r2 = spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0
        examples = RowSample.rows(Self.maxExamples, of: truth.count).map {
            Example(truth: truth[$0], predicted: predicted[$0])
        }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
