/// The data that all trees of boosting are grown on: the binned features, the target, and the current gradients.
struct BoostTrainingData: Sendable {
    let features: BinnedFeatures
    let parameters: BoostParameters
    let seed: UInt64
    let threads: ThreadTeam
    let target: BoostTarget
    let packing: PackedGradients
    /// The packed gradient of each row for the next tree.
    let gradients: Slab<Int64>

    init(
        _ features: BinnedFeatures,
        _ target: BoostTarget,
        _ parameters: BoostParameters,
        seed: UInt64,
        threads: ThreadTeam
    ) {
        self.features = features
        self.parameters = parameters
        self.seed = seed
        self.threads = threads
        self.target = target
        packing = PackedGradients(
            rows: features.rows,
            greatestCurvature: target.loss.greatestCurvature,
            isWeighted: target.isWeighted
        )
        gradients = Slab(repeating: 0, count: features.rows)
    }
}
