/// A candidate split of a node by one feature, in terms of bins.
struct Cut: Equatable {
    /// The sum of the scores of both sides; greater is better.
    var score: Double
    /// The last non-empty bin on the left side.
    var bin: Int
    /// The first non-empty bin on the right side; ``BinnedFeatures/missing`` if only missing values are there.
    var next: Int
    /// The side of rows with a missing value; nil if the node has none.
    var missing: Side?

    enum Side { case left, right }
}
