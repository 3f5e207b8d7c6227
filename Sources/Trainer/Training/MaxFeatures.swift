/// The number of features to draw at random: for each node of a forest, or for each tree of boosting.
package enum MaxFeatures: Equatable, Sendable {
    /// The square root of the number of features for classification, all features for regression, as in scikit-learn.
    ///
    /// With a third of the features for regression, as in Breiman's programs, R² is 19 standard errors lower on a table
    /// where few of many features matter (`scripts/bench quality friedman5k`).
    case automatic
    case squareRoot
    /// The logarithm to base 2.
    case logarithm
    case all
    /// A share of the features, 0 to 1.
    case share(Double)
    case count(Int)

    /// The number of features to draw if a table has `features` features.
    ///
    /// It is rounded down, but it is at least one and at most `features`.
    func count(of features: Int, isClassification: Bool = true) -> Int {
        let count =
            switch self {
            case .automatic where isClassification, .squareRoot: Int(Double(features).squareRoot())
            case .logarithm: Int.bitWidth - 1 - max(features, 1).leadingZeroBitCount
            case .automatic, .all: features
            case .share(let share): Int(Double(features) * share)
            case .count(let count): count
            }
        return max(1, min(count, features))
    }
}
