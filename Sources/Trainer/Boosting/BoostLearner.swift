import Tables

/// Gradient boosting (Friedman 2001) with histograms and leaf-wise trees, as in LightGBM (Ke and others, 2017).
///
/// Each round grows one tree per score, on the gradients of the loss. The values of the tree, multiplied by the
/// learning rate, are added to the scores. The model is the same, bit for bit, with any number of threads and on any
/// machine: sums that threads share are sums of integers, and ``Elementary`` computes exp and log.
struct BoostLearner: Sendable {
    let parameters: BoostParameters
    let seed: UInt64
    let threads: Int
    /// The largest size of the model's file, in bytes.
    var sizeLimit = ONNXSize.limit

    /// Trains a model on `rows` of the data.
    ///
    /// The weights of rows multiply their losses. They are in a unit of their own, by which L2 regularisation is divided
    /// too.
    func fit(_ data: Dataset, rows: [Int], _ observer: TrainingObserver) throws(TrainingError) -> FitResult {
        let weighted = try RowWeights(data, rows: rows)
        let rows = weighted.rows
        var parameters = parameters
        parameters.l2 /= weighted.unit
        let features = BinnedFeatures(data.features, rows: rows, threads: threads)
        let target =
            switch data.target {
            case .classification(let classes, let labels):
                BoostTarget(classes: classes.count, labels: rows.map { labels[$0] }, weights: weighted)
            case .regression(let values): BoostTarget(values: rows.map { values[$0] }, weights: weighted)
            }
        let training = BoostTrainingData(
            features,
            target,
            parameters,
            seed: seed,
            threads: ThreadTeam(threads: threads)
        )
        var loop = BoostingLoop(training, sizeLimit: sizeLimit)
        for round in 0..<parameters.rounds {
            guard !observer.isCancelled() else { throw .cancelled }
            guard try loop.grow(round, isCancelled: observer.isCancelled) else { break }
            observer.onProgress(
                TrainingProgress(
                    done: round + 1,
                    total: parameters.rounds,
                    measure: loop.loss.map { .heldOutLoss($0) }
                )
            )
        }
        let total = loop.importance.reduce(0, +)
        return FitResult(
            body: .boost(loop.trees()),
            importance: total > 0 ? loop.importance.map { $0 / total } : loop.importance,
            outOfBag: .none
        )
    }
}
