/// How to grow a random forest, in scikit-learn's words; the defaults are those of the script that this replaces.
package struct ForestParameters: Equatable, Sendable {
    /// The column to predict; nil: the one that looks like a target, else the last.
    package var target: String?
    package var trees = 100
    /// Nil: until the leaves are pure.
    package var maxDepth: Int? = 5
    package var seed: UInt64 = 42
    /// The share of rows held back to measure the forest, above 0 and below 1.
    package var testShare = 0.2

    package init() {}
}
