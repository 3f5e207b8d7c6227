/// How to boost trees, in the words of LightGBM and scikit-learn, with their usual defaults.
package struct BoostParameters: Equatable, Sendable {
    package var rounds = 100
    /// What share of each tree's answer is believed.
    package var rate = 0.1
    /// Leaves of a tree at most.
    package var leaves = 31
    /// Nil: as deep as the leaves allow.
    package var maxDepth: Int?
    /// Rows that each side of a split keeps at least.
    package var minSamplesLeaf = 20
    /// Added to the curvature under every leaf: the greater, the more cautious.
    package var l2 = 0.0
    /// The share of rows that each round draws.
    package var rowShare = 1.0
    /// How many features each tree draws.
    package var features = FeatureDraw.all
    /// Stop when so many rounds brought nothing on rows held back for that; nil: never.
    package var patience: Int?
    /// The share of rows held back to know when to stop.
    package var validationShare = 0.1

    package init() {}
}
