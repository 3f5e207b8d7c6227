package import Tables

/// How good a model is, measured on rows that it never saw, what it looks at, and what to know before trusting it.
package struct Report: Codable, Equatable, Sendable {
    package struct Importance: Codable, Equatable, Sendable {
        package let feature: String
        /// The share of all that was learnt, 0 to 1; all features sum to 1.
        package let share: Double
    }

    package let task: TaskKind
    package let target: String
    package let features: [String]
    /// In the order of the model's outputs; none in a regression.
    package let classes: [String]
    package let trainRows: Int
    /// Rows that were held back; 0 where every row was learnt from.
    package let testRows: Int
    /// Of the split into both.
    package let seed: UInt64
    /// Whether both have the classes in the same proportion.
    package let isStratified: Bool
    /// Scores on the test rows of a classification.
    package let classification: ClassificationScores?
    /// Scores on the test rows of a regression.
    package let regression: RegressionScores?
    /// Accuracy or R² over rows that a tree's bag left out; nil where there is no such thing.
    package let outOfBagScore: Double?
    /// The same while the forest grew.
    package let learningCurve: LearningCurve
    /// Accuracy or R² of a quick linear model on the same test rows: what trees have to beat; nil where there is none, or
    /// the model is linear itself.
    package let linearScore: Double?
    /// Rows that it learnt from; nil where there is none.
    package let linearRows: Int?
    /// Where it was asked for.
    package let crossValidation: CrossValidation?
    /// Most important first.
    package let importance: [Importance]
    /// Where it was asked for, most important first.
    package let permutationImportance: [PermutationImportance]?
    package let model: ModelShape
    /// What was found out or decided about the file.
    package let decisions: [String]
    /// What a person should know before trusting the figures.
    package let warnings: [String]
    package var cost: TrainingCost
}

/// What a training took: the one part of a report that differs from run to run.
package struct TrainingCost: Codable, Equatable, Sendable {
    /// Seconds from bytes to columns, of learning, and of measuring.
    package var read = 0.0
    package var fit = 0.0
    package var measure = 0.0
    /// The most memory that the process has had, in bytes.
    package var peakMemory = 0
    /// The size of the model's file, in bytes.
    package var modelSize = 0

    package init() {}
}
