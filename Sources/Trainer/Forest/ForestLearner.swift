import Synchronization
import Tables
import Threads

/// Grows a random forest (Breiman 2001): each thread grows one tree at a time, independently of the others.
struct ForestLearner: Sendable {
    let parameters: ForestParameters
    let seed: UInt64
    let threads: Int
    /// The largest size of the model's file, in bytes.
    var sizeLimit = ONNXSize.limit

    /// The number of rows for the out-of-bag score during training.
    ///
    /// With 2,000 rows, the standard error of an accuracy is at most 1.12 %.
    private static let monitoredRows = 2_000

    /// Trains a forest on `rows` of the data.
    func fit(_ data: Dataset, rows: [Int], _ observer: TrainingObserver) throws(TrainingError) -> FitResult {
        let shard = try grow(0..<parameters.trees, data, rows: rows, observer)
        return try join([shard], data, rows: rows)
    }

    /// Grows the trees with the numbers `trees`.
    ///
    /// A tree depends only on `rows` of the data, the parameters, the seed and the tree's number. The weights of rows are
    /// their chances to be drawn into a tree's bootstrap sample, as `case.weights` of R's ranger.
    func grow(
        _ trees: Range<Int>,
        _ data: Dataset,
        rows: [Int],
        _ observer: TrainingObserver
    ) throws(TrainingError) -> ForestShard {
        let weighted = try RowWeights(data, rows: rows)
        let rows = weighted.rows
        let features = BinnedFeatures(data.features, rows: rows, threads: threads)
        let draw = weighted.values.map { WeightedDraw($0) }
        switch data.target {
        case .classification(let classes, let all):
            let labels = rows.map { all[$0] }
            let training = ForestTrainingData(
                features: features,
                labels: Slab(labels, padding: 0),
                parameters: parameters,
                seed: seed,
                draw: draw
            )
            let weights = parameters.classWeight.weights(
                classes: classes.count,
                labels: labels,
                sums: weighted.sums(classes: classes.count, labels: labels)
            )
            let monitor = OutOfBagMonitor {
                OutOfBagAccuracy(monitoredRows(data, rows), labels: all, classes: classes.count)
            }
            return shard(trees, training, .votes(try growVotes(trees, training, weights, monitor, observer)))
        case .regression(let all):
            let values = rows.map { all[$0] }
            let scale = FixedPoint(fitting: values, trees: parameters.trees)
            let targets = Slab(values.map(scale.integer), padding: 0)
            let training = ForestTrainingData(
                features: features,
                labels: nil,
                parameters: parameters,
                seed: seed,
                draw: draw
            )
            let monitor = OutOfBagMonitor { OutOfBagR2(monitoredRows(data, rows), truth: all) }
            let grown = try grow(trees, training, monitor, observer) {
                VarianceHistogram(targets: targets, scale: scale)
            }
            return shard(trees, training, .values(grown))
        }
    }

    private func monitoredRows(_ data: Dataset, _ rows: [Int]) -> OutOfBagRows {
        OutOfBagRows(data, rows: rows, threads: 1, most: Self.monitoredRows)
    }

    private func shard(_ trees: Range<Int>, _ training: ForestTrainingData, _ grown: ForestShard.Grown)
        -> ForestShard
    {
        let rows = training.features.rows
        return ForestShard(trees: trees, parameters: parameters, seed: seed, rows: rows, grown: grown)
    }

    /// Grows classification trees.
    ///
    /// Up to 16 classes, the histogram is compiled for the number of classes, rounded up to a power of two.
    private func growVotes(
        _ trees: Range<Int>,
        _ training: ForestTrainingData,
        _ weights: [Int],
        _ monitor: OutOfBagMonitor<OutOfBagAccuracy>,
        _ observer: TrainingObserver
    ) throws(TrainingError) -> [GrownTree<Vote>] {
        let units = VoteUnits.perLeaf(trees: parameters.trees)
        switch weights.count {
        case ...2:
            return try grow(trees, training, monitor, observer) {
                GiniHistogram<2>(weights: weights, unitsPerLeaf: units)
            }
        case ...4:
            return try grow(trees, training, monitor, observer) {
                GiniHistogram<4>(weights: weights, unitsPerLeaf: units)
            }
        case ...8:
            return try grow(trees, training, monitor, observer) {
                GiniHistogram<8>(weights: weights, unitsPerLeaf: units)
            }
        case ...16:
            return try grow(trees, training, monitor, observer) {
                GiniHistogram<16>(weights: weights, unitsPerLeaf: units)
            }
        default:
            let rows = training.features.rows
            return try grow(trees, training, monitor, observer) {
                ChainedGini(weights: weights, rows: rows, unitsPerLeaf: units)
            }
        }
    }

    private func grow<Histogram: NodeHistogram, Score: OutOfBagScore>(
        _ trees: Range<Int>,
        _ training: ForestTrainingData,
        _ monitor: OutOfBagMonitor<Score>,
        _ observer: TrainingObserver,
        histogram: @Sendable () -> Histogram
    ) throws(TrainingError) -> [GrownTree<Histogram.Leaf>] where Histogram.Leaf == Score.Leaf {
        let done = Atomic(0)
        let budget = SizeBudget(trees: parameters.trees, limit: sizeLimit)
        let grown = Parallel.map(
            trees.count,
            threads: threads,
            scratch: { TreeGrower(training, histogram: histogram()) },
            { grower, index in
                guard let grown = grower.grow(trees.lowerBound + index, isCancelled: observer.isCancelled)
                else { return GrownTree<Histogram.Leaf>?.none }
                budget.add(grown.tree)
                guard budget.hasRoom else { return nil }
                let measure = monitor.add(grown)
                let count = done.add(1, ordering: .relaxed).newValue
                observer.onProgress(TrainingProgress(done: count, total: trees.count, measure: measure))
                return grown
            }
        )
        guard let grown else {
            throw observer.isCancelled() ? .cancelled : .modelTooLarge(bytes: budget.estimate)
        }
        return grown
    }
}
