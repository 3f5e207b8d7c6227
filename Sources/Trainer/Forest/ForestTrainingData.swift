/// The data that all trees of a forest are grown on: the binned training rows and their classes.
struct ForestTrainingData: Sendable {
    let features: BinnedFeatures
    /// The class of each row; nil in a regression.
    let labels: Slab<UInt16>?
    let parameters: ForestParameters
    let seed: UInt64
    /// Draws the rows of a bag by their weights; nil if all have the same.
    var draw: WeightedDraw?
}
