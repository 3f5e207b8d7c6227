/// Evaluations on request, which take as long as the training or longer.
package struct EvaluationOptions: Equatable, Sendable {
    /// The number of folds of a cross-validation; nil for none.
    package var folds: Int?
    /// The number of times that each feature is shuffled for permutation importance; nil for none.
    package var permutations: Int?

    package init() {}
}
