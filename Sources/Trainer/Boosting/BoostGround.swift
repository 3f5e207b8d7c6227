/// What all trees of a boosting grow on: all rows, binned, and how each is wrong so far.
struct BoostGround: Sendable {
    let features: BinnedFeatures
    let parameters: BoostParameters
    let seed: UInt64
    let crew: Crew
    let target: BoostTarget
    let packing: PackedGradients
    /// Slope and curvature by row, of the tree that grows next.
    let gradients: Slab<Int64>

    init(
        _ features: BinnedFeatures,
        _ target: BoostTarget,
        _ parameters: BoostParameters,
        seed: UInt64,
        crew: Crew
    ) {
        self.features = features
        self.parameters = parameters
        self.seed = seed
        self.crew = crew
        self.target = target
        packing = PackedGradients(rows: features.rows, greatestCurvature: target.loss.greatestCurvature)
        gradients = Slab(repeating: 0, count: features.rows)
    }
}
