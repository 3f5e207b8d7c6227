/// One boosting as it goes on.
struct BoostRun {
    private let ground: BoostGround
    private let sample: BoostSample
    private let scores: BoostScores
    private var grower: LeafWiseGrower
    private var trees: [ValueTree] = []
    private let budget: SizeBudget
    /// How well the rows held back fared, and after how many rounds.
    private var best = (loss: Double.infinity, rounds: 0)
    /// What they cost now; nil where none are held back.
    private(set) var loss: Double?

    init(_ ground: BoostGround, sizeLimit: Int) {
        self.ground = ground
        let trees = ground.parameters.rounds * ground.target.loss.scores
        budget = SizeBudget(trees: ground.parameters.patience == nil ? trees : nil, limit: sizeLimit)
        sample = BoostSample(rows: ground.features.rows, ground.parameters, seed: ground.seed)
        scores = BoostScores(ground.target, rows: ground.features.rows, crew: ground.crew)
        grower = LeafWiseGrower(ground)
        scores.refresh()
    }

    /// Gain by feature so far.
    var importance: [Double] { grower.importance }

    /// Grows the trees of a round; false when no more rounds are wanted.
    mutating func grow(_ round: Int, isCancelled: () -> Bool) throws(TrainingError) -> Bool {
        let (drawn, others) = sample.rows(round: round)
        for score in 0..<ground.target.loss.scores {
            guard !isCancelled() else { throw .cancelled }
            pack(round, score)
            let features = sample.features(
                of: ground.features.columns.count,
                ground.parameters.features,
                round: round,
                score: score
            )
            let answer = LeafAnswer(ground, outputs: scores.outputs, score: score)
            let tree = grower.grow(rows: drawn, features: features, answer)
            scores.add(tree, score: score, order: grower.order, others: others, ground.features)
            trees.append(tree.tree)
            guard budget.note(tree.tree) else { throw .modelTooLarge(bytes: budget.estimate) }
        }
        scores.refresh()
        return isWorthGoingOn(after: round + 1)
    }

    private func pack(_ round: Int, _ score: Int) {
        ground.crew.ranges(ground.features.rows, atLeast: 4_096) { [ground, scores] rows in
            ground.target.pack(
                rows,
                score: score,
                round: round,
                outputs: scores.outputs,
                ground.packing,
                into: ground.gradients
            )
        }
    }

    private mutating func isWorthGoingOn(after rounds: Int) -> Bool {
        guard let patience = ground.parameters.patience, !sample.validation.isEmpty else { return true }
        let loss = scores.loss(sample.validation)
        self.loss = loss
        if loss < best.loss { best = (loss, rounds) }
        return rounds - best.rounds < patience
    }

    /// The trees up to the round that fared best.
    func finished() -> BoostedTrees {
        let kept = best.rounds > 0 ? best.rounds * ground.target.loss.scores : trees.count
        return BoostedTrees(base: ground.target.base, trees: Array(trees.prefix(kept)))
    }
}
