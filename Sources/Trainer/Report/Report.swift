package import Tables

/// The report of a training: data, scores, importance of features, warnings and cost.
package struct Report: Codable, Equatable, Sendable {
    package struct Importance: Codable, Equatable, Sendable {
        package let feature: String
        /// The share of the total importance, 0 to 1.
        ///
        /// The shares sum to 1; all are 0 if the model uses no feature.
        package let share: Double
    }

    package let task: TaskKind
    /// The name of the target.
    package let target: String
    package let features: [String]
    /// The classes, in the order of the model's outputs; empty in a regression.
    package let classes: [String]
    package let trainRows: Int
    /// The number of rows that are held out for testing; 0 if the model is trained on all rows.
    package let testRows: Int
    /// The seed of the training; the split into training and test rows also depends on it.
    package let seed: UInt64
    /// Whether the split keeps the proportions of the classes in training and test rows.
    package let isStratified: Bool
    /// The scores of a classification on the test rows; nil in a regression or without test rows.
    package let classification: ClassificationScores?
    /// The scores of a regression on the test rows; nil in a classification or without test rows.
    package let regression: RegressionScores?
    /// The out-of-bag accuracy or R² of a forest; nil for other models.
    package let outOfBagScore: Double?
    /// The out-of-bag score of a forest by its number of trees; empty for other models.
    package let learningCurve: LearningCurve
    /// The accuracy or R² of a quick linear model on the same test rows, for comparison.
    ///
    /// Nil if the model itself is linear, if there are no test rows, or if the table is too wide for a quick linear
    /// model.
    package let linearScore: Double?
    /// The number of training rows of the quick linear model; nil if there is none.
    package let linearRows: Int?
    /// Nil unless requested.
    package let crossValidation: CrossValidation?
    /// The features with their importance, the most important first.
    package let importance: [Importance]
    /// The features with their permutation importance, the most important first; nil unless requested.
    package let permutationImportance: [PermutationImportance]?
    package let model: ModelShape
    /// How each column of the table was read.
    package let reading: TableReading
    /// What was detected or decided while the table was read.
    package let decisions: [String]
    /// What a person should know before relying on the scores.
    package let warnings: [String]
    package var cost: TrainingCost
}
