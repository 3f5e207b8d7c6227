/// The parameters of gradient boosting; the defaults are those of LightGBM and scikit-learn.
package struct BoostParameters: Equatable, Sendable {
    package var rounds = 100
    /// The learning rate: each tree's values are multiplied by this factor, 0 to 1.
    package var rate = 0.1
    /// The largest number of leaves of a tree.
    package var leaves = 31
    /// The largest number of splits on the way from the root to a leaf; nil for no limit.
    package var maxDepth: Int?
    /// The smallest number of rows on each side of a split.
    package var minSamplesLeaf = 20
    /// L2 regularisation: this number is added to the sum of curvatures of every leaf.
    package var l2 = 0.0
    /// The share of the training rows that is drawn for each round, 0 to 1.
    package var rowShare = 1.0
    /// The number of features that are drawn for each tree.
    package var features = MaxFeatures.all
    /// Early stopping: the number of rounds without a lower validation loss that ends the training; nil for never.
    package var patience: Int?
    /// The share of rows that early stopping holds out for validation, 0 to 1.
    package var validationShare = 0.1

    package init() {}
}
