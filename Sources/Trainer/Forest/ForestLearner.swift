import Synchronization
import Tables
import Threads

/// Grows random forests (Breiman 2001) on a dataset: one tree per thread at a time, and no waiting among them.
struct ForestLearner: Sendable {
    let parameters: ForestParameters
    let seed: UInt64
    let threads: Int
    /// The bytes that the model's file may take.
    var sizeLimit = ONNXSize.limit

    /// Rows that a look at a forest that still grows is content with: the standard error of an accuracy is 1 % then.
    private static let liveRows = 2_000

    /// Learns from `rows` of the data.
    func fit(_ data: Dataset, rows: [Int], _ watch: TrainingWatch) throws(TrainingError) -> Fitted {
        let shard = try grow(0..<parameters.trees, data, rows: rows, watch)
        return try join([shard], data, rows: rows)
    }

    /// Grows some of the forest's trees: what they are depends on data, parameters, seed and their numbers alone.
    func grow(
        _ trees: Range<Int>,
        _ data: Dataset,
        rows: [Int],
        _ watch: TrainingWatch
    ) throws(TrainingError) -> ForestShard {
        let features = BinnedFeatures(data.features, rows: rows, threads: threads)
        switch data.target {
        case .classification(let classes, let all):
            let labels = rows.map { all[$0] }
            let ground = ForestGround(
                features: features,
                labels: Slab(labels, padding: 0),
                parameters: parameters,
                seed: seed
            )
            let weights = parameters.classWeight.weights(classes: classes.count, labels: labels)
            let live = LiveScore {
                OutOfBagAccuracy(liveRows(data, rows), labels: all, classes: classes.count)
            }
            return shard(trees, ground, .votes(try growVotes(trees, ground, weights, live, watch)))
        case .regression(let all):
            let values = rows.map { all[$0] }
            let scale = FixedPoint(fitting: values, trees: parameters.trees)
            let targets = Slab(values.map(scale.whole), padding: 0)
            let ground = ForestGround(features: features, labels: nil, parameters: parameters, seed: seed)
            let live = LiveScore { OutOfBagDetermination(liveRows(data, rows), truth: all) }
            let grown = try grow(trees, ground, live, watch) {
                VarianceHistogram(targets: targets, scale: scale)
            }
            return shard(trees, ground, .values(grown))
        }
    }

    private func liveRows(_ data: Dataset, _ rows: [Int]) -> OutOfBagRows {
        OutOfBagRows(data, rows: rows, threads: 1, most: Self.liveRows)
    }

    private func shard(_ trees: Range<Int>, _ ground: ForestGround, _ grown: ForestShard.Grown) -> ForestShard
    {
        let rows = ground.features.rows
        return ForestShard(trees: trees, parameters: parameters, seed: seed, rows: rows, grown: grown)
    }

    /// Picks the histogram whose loops over classes were compiled for about as many as there are.
    private func growVotes(
        _ trees: Range<Int>,
        _ ground: ForestGround,
        _ weights: [Int],
        _ live: LiveScore<OutOfBagAccuracy>,
        _ watch: TrainingWatch
    ) throws(TrainingError) -> [GrownTree<Vote>] {
        let units = VoteUnits.perLeaf(trees: parameters.trees)
        switch weights.count {
        case ...2:
            return try grow(trees, ground, live, watch) {
                GiniHistogram<2>(weights: weights, unitsPerLeaf: units)
            }
        case ...4:
            return try grow(trees, ground, live, watch) {
                GiniHistogram<4>(weights: weights, unitsPerLeaf: units)
            }
        case ...8:
            return try grow(trees, ground, live, watch) {
                GiniHistogram<8>(weights: weights, unitsPerLeaf: units)
            }
        case ...16:
            return try grow(trees, ground, live, watch) {
                GiniHistogram<16>(weights: weights, unitsPerLeaf: units)
            }
        default:
            let rows = ground.features.rows
            return try grow(trees, ground, live, watch) {
                ChainedGini(weights: weights, rows: rows, unitsPerLeaf: units)
            }
        }
    }

    private func grow<Histogram: NodeHistogram, Score: OutOfBagScore>(
        _ trees: Range<Int>,
        _ ground: ForestGround,
        _ live: LiveScore<Score>,
        _ watch: TrainingWatch,
        histogram: @Sendable () -> Histogram
    ) throws(TrainingError) -> [GrownTree<Histogram.Leaf>] where Histogram.Leaf == Score.Leaf {
        let done = Atomic(0)
        let budget = SizeBudget(trees: parameters.trees, limit: sizeLimit)
        let grown = Parallel.map(
            trees.count,
            threads: threads,
            scratch: { TreeGrower(ground, histogram: histogram()) },
            { grower, index in
                guard let grown = grower.grow(trees.lowerBound + index, isCancelled: watch.isCancelled),
                    budget.note(grown.tree)
                else { return GrownTree<Histogram.Leaf>?.none }
                let measure = live.note(grown)
                let count = done.add(1, ordering: .relaxed).newValue
                watch.onProgress(TrainingProgress(done: count, total: trees.count, measure: measure))
                return grown
            }
        )
        guard let grown else {
            throw watch.isCancelled() ? .cancelled : .modelTooLarge(bytes: budget.estimate)
        }
        return grown
    }
}
