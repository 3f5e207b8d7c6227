/// A candidate split of a node by one feature, in terms of bins.
struct Cut: Equatable {
    /// In boosting, the gain; in a forest, the sum of the scores of both sides.
    ///
    /// Greater is better.
    var score: Double
    /// The last non-empty bin on the left side.
    var bin: Int
    /// The first non-empty bin on the right side; ``BinnedFeatures/missing`` if the right side has only missing values.
    var next: Int
    /// The side of rows with a missing value; nil if the node has no missing values.
    var missing: Side?

    enum Side { case left, right }
}
