import Tables

/// Boosts trees by gradients, with histograms and leaf by leaf.
///
/// After Friedman 2001 and LightGBM (Ke and others, 2017). A round grows a tree for each score on how wrong the rows are
/// by now, and believes a share of what it answers. All sums are of whole numbers, and exp and log are ours: threads and
/// machines change no bit.
struct BoostLearner: Sendable {
    let parameters: BoostParameters
    let seed: UInt64
    let threads: Int
    /// The bytes that the model's file may take.
    var sizeLimit = ONNXSize.limit

    /// Learns from `rows` of the data.
    func fit(_ data: Dataset, rows: [Int], _ watch: TrainingWatch) throws(TrainingError) -> Fitted {
        let features = BinnedFeatures(data.features, rows: rows, threads: threads)
        let target =
            switch data.target {
            case .classification(let classes, let labels):
                BoostTarget(classes: classes.count, labels: rows.map { labels[$0] })
            case .regression(let values): BoostTarget(values: rows.map { values[$0] })
            }
        let ground = BoostGround(features, target, parameters, seed: seed, crew: Crew(threads: threads))
        var run = BoostRun(ground, sizeLimit: sizeLimit)
        for round in 0..<parameters.rounds {
            guard !watch.isCancelled() else { throw .cancelled }
            guard try run.grow(round, isCancelled: watch.isCancelled) else { break }
            watch.onProgress(
                TrainingProgress(
                    done: round + 1,
                    total: parameters.rounds,
                    measure: run.loss.map { .heldOutLoss($0) }
                )
            )
        }
        let total = run.importance.reduce(0, +)
        return Fitted(
            body: .boost(run.finished()),
            importance: total > 0 ? run.importance.map { $0 / total } : run.importance,
            outOfBag: .none
        )
    }
}
