import Tables

/// A model and its scores.
package struct TrainedModel: Sendable {
    package let model: Model
    package var report: Report
}

/// Trains a model on a table and evaluates it.
///
/// The data and the parameters, with the seed, determine every bit of the model. The number of threads and the machine
/// do not change the model.
package struct ModelTrainer: Sendable {
    private let parameters: LearningParameters
    private let options: EvaluationOptions
    private let threads: Int
    private let datasetSHA256: String?

    /// Trains on `threads` threads.
    ///
    /// `datasetSHA256`, in hexadecimal, is stored in the model's metadata.
    package init(
        _ parameters: LearningParameters,
        evaluation options: EvaluationOptions = EvaluationOptions(),
        threads: Int,
        datasetSHA256: String? = nil
    ) {
        self.parameters = parameters
        self.options = options
        self.threads = max(1, threads)
        self.datasetSHA256 = datasetSHA256
    }

    /// Trains a model on the table in `csv`; blocks until the model is trained and evaluated.
    ///
    /// If a forest is trained and `shards` is not empty, the forest is made from the shards and no tree is grown.
    ///
    /// The closures are called from several threads. `onConsumed` receives a range of bytes that is not needed for now.
    /// The caller may release the memory of these bytes, but must be able to provide them again.
    ///
    /// - Throws: ``TrainingError``; ``TrainingError/cancelled`` soon after `isCancelled` returns true.
    package func train(
        csv: Span<UInt8>,
        shards: [ForestShard] = [],
        isCancelled: @escaping @Sendable () -> Bool = { false },
        onStep: @escaping @Sendable (TrainingStep) -> Void = { _ in },
        onConsumed: @escaping @Sendable (Range<Int>) -> Void = { _ in }
    ) throws(TrainingError) -> TrainedModel {
        let clock = ContinuousClock()
        let start = clock.now
        let reading = ReadingObserver(
            isCancelled: isCancelled,
            onRows: { onStep(.reading(rows: $0, fraction: $1)) },
            onConsumed: onConsumed
        )
        if options.folds != nil, parameters.holdout == .time { throw .foldsOfTimes }
        let table = try read(csv, reading)
        try parameters.check(table.data)
        let readAt = clock.now
        let split = try split(table.data)
        let observer = TrainingObserver(isCancelled: isCancelled) { onStep(.learning($0)) }
        let fitted =
            if case .forest(let forest) = parameters.learner, !shards.isEmpty {
                try learner(forest).join(shards, table.data, rows: split.train)
            } else {
                try fit(table.data, rows: split.train, observer)
            }
        let model = Model(table.data, fitted, parameters, datasetSHA256: datasetSHA256)
        let fittedAt = clock.now
        let evaluation = Evaluation(data: table.data, threads: threads, isCancelled: isCancelled)
        let checks = DataChecks(table.data, table.reading, threads: threads)
        var builder = ReportBuilder(table, checks, split, parameters, fitted, model)
        builder.scores = evaluation.scores(of: model, on: split.test, baselineFrom: split.train)
        builder.linear = try linearScore(table.data, split, evaluation, observer)
        if let folds = options.folds {
            builder.crossValidation = try validate(table.data, folds: folds, evaluation, observer, onStep)
        }
        if let repeats = options.permutations {
            builder.permutationImportance = try evaluation.permutationImportance(
                of: model,
                on: split.test.isEmpty ? split.train : split.test,
                repeats: repeats,
                seed: parameters.seed
            )
        }
        builder.cost.read = (readAt - start).inSeconds
        builder.cost.fit = (fittedAt - readAt).inSeconds
        builder.cost.measure = (clock.now - fittedAt).inSeconds
        let report = builder.report
        let metadata = ModelMetadata.entries(table).merging(ModelMetadata.entries(report)) { _, new in new }
        return TrainedModel(model: model.adding(metadata), report: report)
    }

    /// Grows some trees of a forest: those with the numbers `trees`, counted from 0.
    ///
    /// ``train(csv:shards:isCancelled:onStep:onConsumed:)`` makes one forest from shards of the same table. The model's
    /// file is the same, byte for byte, as if all trees were grown in one call.
    package func grow(
        _ trees: Range<Int>,
        of forest: ForestParameters,
        csv: Span<UInt8>,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(TrainingError) -> ForestShard {
        let reading = ReadingObserver(isCancelled: isCancelled)
        let data = try read(csv, reading).data
        try parameters.check(data)
        let split = try split(data)
        return try learner(forest).grow(
            trees,
            data,
            rows: split.train,
            TrainingObserver(isCancelled: isCancelled)
        )
    }

    private func read(
        _ csv: Span<UInt8>,
        _ observer: ReadingObserver
    ) throws(TrainingError) -> TrainingTable {
        do throws(TableError) {
            return try TrainingTable(csv, parameters.tableOptions, threads: threads, observer)
        } catch {
            throw TrainingError(error)
        }
    }

    private func split(_ data: Dataset) throws(TrainingError) -> TrainTestSplit {
        try TrainTestSplit(
            data,
            share: parameters.testShare,
            seed: parameters.seed,
            holdout: parameters.holdout
        )
    }

    private func learner(_ forest: ForestParameters) -> ForestLearner {
        ForestLearner(parameters: forest, seed: parameters.seed, threads: threads)
    }

    private func fit(_ data: Dataset, rows: [Int], _ observer: TrainingObserver) throws(TrainingError)
        -> FitResult
    {
        try parameters.learner.fit(data, rows: rows, seed: parameters.seed, threads: threads, observer)
    }

    /// The main score of a quick linear model, for comparison with trees, and the number of rows that it is trained on.
    ///
    /// Nil if the model itself is linear, if there are no test rows, or if the table has too many features and classes
    /// for a quick linear model.
    private func linearScore(
        _ data: Dataset,
        _ split: TrainTestSplit,
        _ evaluation: Evaluation,
        _ observer: TrainingObserver
    ) throws(TrainingError) -> (score: Double, rows: Int)? {
        if case .linear = parameters.learner { return nil }
        guard !split.test.isEmpty, let linear = LinearParameters.baseline(for: data) else { return nil }
        let silent = TrainingObserver(isCancelled: observer.isCancelled)
        let learner = LinearLearner(parameters: linear, threads: threads)
        let fitted = try learner.fit(data, rows: split.train, silent)
        let model = Model(data, fitted, parameters, datasetSHA256: nil)
        let scores = evaluation.scores(of: model, on: split.test, baselineFrom: split.train)
        return scores.map { ($0.headlines[0].value, min(linear.maxRows ?? .max, split.train.count)) }
    }

    /// Trains and evaluates a model for each fold.
    private func validate(
        _ data: Dataset,
        folds: Int,
        _ evaluation: Evaluation,
        _ observer: TrainingObserver,
        _ onStep: @Sendable (TrainingStep) -> Void
    ) throws(TrainingError) -> CrossValidation {
        let silent = TrainingObserver(isCancelled: observer.isCancelled)
        var done = 0
        onStep(.validating(TrainingProgress(done: done, total: folds)))
        var groups: [Int]?
        if case .group = parameters.holdout { groups = data.group.map { $0.map(Int.init) } }
        return try CrossValidation(data, folds: folds, seed: parameters.seed, groups: groups) {
            train,
            test throws(TrainingError) in
            let fitted = try fit(data, rows: train, silent)
            let model = Model(data, fitted, parameters, datasetSHA256: nil)
            done += 1
            onStep(.validating(TrainingProgress(done: done, total: folds)))
            return evaluation.scores(of: model, on: test, baselineFrom: train)
        }
    }
}

/// The progress in one of the phases of a training.
package enum TrainingStep: Equatable, Sendable {
    /// The number of rows read so far, and the fraction of the file, 0 to 1.
    case reading(rows: Int, fraction: Double)
    /// The model is being trained.
    case learning(TrainingProgress)
    /// The models of a cross-validation are being trained and tested.
    case validating(TrainingProgress)
}

extension Duration {
    fileprivate var inSeconds: Double { self / .seconds(1) }
}
