/// Evaluations that are made on request only, because they can take longer than the training.
package struct EvaluationOptions: Equatable, Sendable {
    /// The number of folds of a cross-validation; nil for none.
    package var folds: Int?
    /// The number of times that each feature is shuffled for permutation importance; nil for none.
    package var permutations: Int?

    package init() {}
}
