/// Runs the rounds of boosting and holds the state between rounds.
struct BoostingLoop {
    private let training: BoostTrainingData
    private let sampler: BoostSampler
    private let scores: BoostScores
    private var grower: LeafWiseGrower
    private var grownTrees: [ValueTree] = []
    private let budget: SizeBudget
    /// The least validation loss so far, and the number of rounds after which this loss was reached.
    private var best = (loss: Double.infinity, rounds: 0)
    /// The validation loss after the latest round; nil before the first round, and without early stopping.
    private(set) var loss: Double?

    init(_ training: BoostTrainingData, sizeLimit: Int) {
        self.training = training
        let total = training.parameters.rounds * training.target.loss.scores
        budget = SizeBudget(trees: training.parameters.patience == nil ? total : nil, limit: sizeLimit)
        sampler = BoostSampler(rows: training.features.rows, training.parameters, seed: training.seed)
        scores = BoostScores(training.target, rows: training.features.rows, threads: training.threads)
        grower = LeafWiseGrower(training)
        scores.refresh()
    }

    /// For each feature, the sum of the gains of its splits so far.
    var importance: [Double] { grower.importance }

    /// Grows the trees of a round.
    ///
    /// Returns false if early stopping ends the training.
    ///
    /// - Throws: ``TrainingError/cancelled`` or ``TrainingError/modelTooLarge(bytes:)``.
    mutating func grow(_ round: Int, isCancelled: () -> Bool) throws(TrainingError) -> Bool {
        let (drawn, others) = sampler.rows(round: round)
        for score in 0..<training.target.loss.scores {
            guard !isCancelled() else { throw .cancelled }
            pack(round, score)
            let features = sampler.features(
                of: training.features.columns.count,
                training.parameters.features,
                round: round,
                score: score
            )
            let leafValue = LeafValue(training, outputs: scores.outputs, score: score)
            let tree = grower.grow(rows: drawn, features: features, leafValue)
            scores.add(tree, score: score, order: grower.order, others: others, training.features)
            grownTrees.append(tree.tree)
            budget.add(tree.tree)
            guard budget.hasRoom else { throw .modelTooLarge(bytes: budget.estimate) }
        }
        scores.refresh()
        return shouldContinue(after: round + 1)
    }

    private func pack(_ round: Int, _ score: Int) {
        training.threads.ranges(training.features.rows, atLeast: 4_096) { [training, scores] rows in
            training.target.pack(
                rows,
                score: score,
                round: round,
                outputs: scores.outputs,
                training.packing,
                into: training.gradients
            )
        }
    }

    private mutating func shouldContinue(after rounds: Int) -> Bool {
        guard let patience = training.parameters.patience, !sampler.validation.isEmpty else { return true }
        let loss = scores.loss(sampler.validation)
        self.loss = loss
        if loss < best.loss { best = (loss, rounds) }
        return rounds - best.rounds < patience
    }

    /// The trees up to the round with the least validation loss; all trees without early stopping.
    func trees() -> BoostedTrees {
        let kept = best.rounds > 0 ? best.rounds * training.target.loss.scores : grownTrees.count
        return BoostedTrees(base: training.target.base, trees: Array(grownTrees.prefix(kept)))
    }
}
