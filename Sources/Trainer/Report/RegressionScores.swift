/// Scores of a regression, defined as scikit-learn defines them.
package struct RegressionScores: Codable, Equatable, Sendable {
    /// The root of the mean squared error.
    package let rmse: Double
    /// The root of the mean squared error of always saying the mean of the training rows.
    package let baselineRMSE: Double
    /// The mean absolute error.
    package let mae: Double
    /// The mean absolute error of always saying the mean of the training rows.
    package let baselineMAE: Double
    package let medianAbsoluteError: Double
    /// The share of the variance that is explained, below 0 where the mean would be better.
    package let r2: Double
    /// What was true and what was said, of some of the rows.
    package let examples: [Example]

    package struct Example: Codable, Equatable, Sendable {
        package let truth: Double
        package let predicted: Double
    }

    private static let mostExamples = 300

    /// Compares what a model says of rows with the truth; `usual` is what a model that knows nothing says.
    init(truth: [Double], predicted: [Double], usual: Double) {
        let count = Double(truth.count)
        let errors = zip(truth, predicted).map { $0 - $1 }
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        let mean = truth.reduce(0, +) / count
        let spread = truth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        rmse = (squares / count).squareRoot()
        baselineRMSE = (truth.reduce(0) { $0 + ($1 - usual) * ($1 - usual) } / count).squareRoot()
        mae = errors.reduce(0) { $0 + $1.magnitude } / count
        baselineMAE = truth.reduce(0) { $0 + ($1 - usual).magnitude } / count
        medianAbsoluteError = Self.median(errors.map(\.magnitude))
        // Where the truth never varies, all or nothing is explained.
        r2 = spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0
        examples = RowSample.rows(Self.mostExamples, of: truth.count).map {
            Example(truth: truth[$0], predicted: predicted[$0])
        }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
