import Tables

/// A model and how good it is.
package struct TrainedModel: Sendable {
    package let model: Model
    package var report: Report
}

/// Turns a table into a model, and measures it.
///
/// Data, parameters and seed decide every bit of the model: not threads, not the machine.
package struct ModelTrainer: Sendable {
    private let parameters: LearningParameters
    private let checks: ExtraChecks
    private let threads: Int
    private let datasetSHA256: String?

    /// Trains on `threads` threads; `datasetSHA256` (hex) becomes part of the model's provenance.
    package init(
        _ parameters: LearningParameters,
        checks: ExtraChecks = ExtraChecks(),
        threads: Int,
        datasetSHA256: String? = nil
    ) {
        self.parameters = parameters
        self.checks = checks
        self.threads = max(1, threads)
        self.datasetSHA256 = datasetSHA256
    }

    /// Learns from `csv`; blocks until it is done, and calls all closures from threads of its own.
    ///
    /// `onPassed` hears of bytes that can leave memory until they are looked at again. A forest of `shards`, if there are
    /// any, is only put together and measured.
    ///
    /// - Throws: ``TrainingError``, `cancelled` soon after `isCancelled` says so.
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
        let table = try read(csv, reading)
        try parameters.learner.check(table.data)
        let read = clock.now
        let split = try Split(table.data, share: parameters.testShare, seed: parameters.seed)
        let watch = TrainingWatch(isCancelled: isCancelled) { onStep(.learning($0)) }
        let fitted =
            if case .forest(let forest) = parameters.learner, !shards.isEmpty {
                try learner(forest).join(shards, table.data, rows: split.train)
            } else {
                try fit(table.data, rows: split.train, watch)
            }
        let model = Model(table.data, fitted, parameters, datasetSHA256: datasetSHA256)
        let learnt = clock.now
        let evaluation = Evaluation(data: table.data, threads: threads, isCancelled: isCancelled)
        let data = DataChecks(table.data, threads: threads)
        var draft = ReportDraft(table, data, split, parameters, fitted, model)
        draft.scores = evaluation.scores(of: model, on: split.test, knowing: split.train)
        draft.linear = try linearScore(table.data, split, evaluation, watch)
        if let folds = checks.folds {
            draft.crossValidation = try validate(table.data, folds: folds, evaluation, watch, onStep)
        }
        if let repeats = checks.permutations {
            draft.permutationImportance = try evaluation.permutationImportance(
                of: model,
                on: split.test.isEmpty ? split.train : split.test,
                repeats: repeats,
                seed: parameters.seed
            )
        }
        draft.cost.read = (read - start).inSeconds
        draft.cost.fit = (learnt - read).inSeconds
        draft.cost.measure = (clock.now - learnt).inSeconds
        let report = draft.report
        let about = Provenance.metadata(table).merging(Provenance.metadata(report)) { _, new in new }
        return TrainedModel(model: model.adding(about), report: report)
    }

    /// Grows some trees of a forest, to be put together with the others by ``train(csv:shards:isCancelled:onStep:onConsumed:)``
    /// on the same table: the model's file is the same, byte for byte, as if all trees had grown at once.
    package func grow(
        _ trees: Range<Int>,
        of forest: ForestParameters,
        csv: Span<UInt8>,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(TrainingError) -> ForestShard {
        let reading = ReadingObserver(isCancelled: isCancelled)
        let data = try read(csv, reading).data
        try parameters.learner.check(data)
        let split = try Split(data, share: parameters.testShare, seed: parameters.seed)
        return try learner(forest).grow(
            trees,
            data,
            rows: split.train,
            TrainingWatch(isCancelled: isCancelled)
        )
    }

    private func read(
        _ csv: Span<UInt8>,
        _ observer: ReadingObserver
    ) throws(TrainingError) -> TrainingTable {
        do throws(TableError) {
            return try TrainingTable(csv, parameters.table, threads: threads, observer)
        } catch {
            throw TrainingError(error)
        }
    }

    private func learner(_ forest: ForestParameters) -> ForestLearner {
        ForestLearner(parameters: forest, seed: parameters.seed, threads: threads)
    }

    private func fit(_ data: Dataset, rows: [Int], _ watch: TrainingWatch) throws(TrainingError) -> Fitted {
        try parameters.learner.fit(data, rows: rows, seed: parameters.seed, threads: threads, watch)
    }

    /// The headline of a linear model, to hold that of trees against, and how many rows it learnt from.
    private func linearScore(
        _ data: Dataset,
        _ split: Split,
        _ evaluation: Evaluation,
        _ watch: TrainingWatch
    ) throws(TrainingError) -> (score: Double, rows: Int)? {
        if case .linear = parameters.learner { return nil }
        guard !split.test.isEmpty, let linear = LinearParameters.baseline(for: data) else { return nil }
        let quiet = TrainingWatch(isCancelled: watch.isCancelled)
        let learner = LinearLearner(parameters: linear, threads: threads)
        let fitted = try learner.fit(data, rows: split.train, quiet)
        let model = Model(data, fitted, parameters, datasetSHA256: nil)
        let scores = evaluation.scores(of: model, on: split.test, knowing: split.train)
        return scores.map { ($0.headlines[0].value, min(linear.mostRows ?? .max, split.train.count)) }
    }

    /// Learns anew for each fold.
    private func validate(
        _ data: Dataset,
        folds: Int,
        _ evaluation: Evaluation,
        _ watch: TrainingWatch,
        _ onStep: @Sendable (TrainingStep) -> Void
    ) throws(TrainingError) -> CrossValidation {
        let quiet = TrainingWatch(isCancelled: watch.isCancelled)
        var done = 0
        onStep(.validating(TrainingProgress(done: done, total: folds)))
        return try CrossValidation(data, folds: folds, seed: parameters.seed) {
            train,
            test throws(TrainingError) in
            let fitted = try fit(data, rows: train, quiet)
            let model = Model(data, fitted, parameters, datasetSHA256: nil)
            done += 1
            onStep(.validating(TrainingProgress(done: done, total: folds)))
            return evaluation.scores(of: model, on: test, knowing: train)
        }
    }
}

/// What is measured only where somebody asks, because it takes as long as the training or longer.
package struct ExtraChecks: Equatable, Sendable {
    /// How many parts a cross-validation has.
    package var folds: Int?
    /// How often each feature is shuffled.
    package var permutations: Int?

    package init() {}
}

/// How far a training is, in each of its stretches.
package enum TrainingStep: Equatable, Sendable {
    /// Rows read so far, and the share of the file.
    case reading(rows: Int, fraction: Double)
    case learning(TrainingProgress)
    /// Folds of a cross-validation.
    case validating(TrainingProgress)
}

extension Duration {
    fileprivate var inSeconds: Double { self / .seconds(1) }
}
