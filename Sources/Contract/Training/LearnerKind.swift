/// The kinds of models that the trainer makes.
package enum LearnerKind: String, Codable, CaseIterable, Sendable {
    /// A random forest.
    case forest
    /// Gradient boosting of trees.
    case boost
    /// A linear or logistic regression, as a baseline for the trees.
    case linear
}
