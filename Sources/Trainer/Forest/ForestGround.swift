/// What all trees of a forest grow on: the training rows, binned, and what is to be predicted for them.
struct ForestGround: Sendable {
    let features: BinnedFeatures
    /// Classes by row, nil where values are predicted.
    let labels: Slab<UInt16>?
    let parameters: ForestParameters
    let seed: UInt64
}
