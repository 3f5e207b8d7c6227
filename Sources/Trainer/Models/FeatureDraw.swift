/// How many features, drawn at random, compete at a node of a forest or in a tree of a boosting.
package enum FeatureDraw: Equatable, Sendable {
    /// The square root for classes, all for values, as scikit-learn has it.
    ///
    /// A third for values, as in Breiman's own programs, cost 19 standard errors of R² where few of many features count
    /// (`scripts/bench quality friedman5k`).
    case automatic
    case squareRoot
    case logarithm
    case all
    case share(Double)
    case count(Int)

    /// Rounded down, at least one and at most all.
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
