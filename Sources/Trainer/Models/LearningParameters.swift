package import Tables

/// What, with the data, decides every bit of a model.
package struct LearningParameters: Equatable, Sendable {
    /// How to read the table, and what to predict.
    package var table = TableOptions()
    package var seed: UInt64 = 42
    /// The share of rows held back to measure the model, from 0 to below 1.
    package var testShare = 0.2
    package var learner = Learner.forest(ForestParameters())

    package init() {}
}

/// A way to learn, and how to go about it.
package enum Learner: Equatable, Sendable {
    case forest(ForestParameters)
    case boost(BoostParameters)
    case linear(LinearParameters)

    /// - Throws: ``TrainingError`` for what was asked for and cannot be had with these data.
    func check(_ data: Dataset) throws(TrainingError) {
        if case .forest(let forest) = self, forest.classWeight == .balanced, data.classes.isEmpty {
            throw .weightsForValues(target: data.targetName)
        }
        if case .count(let count) = featureDraw, count > data.features.count {
            throw .tooManyFeatures(requested: count, found: data.features.count)
        }
    }

    private var featureDraw: FeatureDraw {
        switch self {
        case .forest(let forest): forest.maxFeatures
        case .boost(let boost): boost.features
        case .linear: .all
        }
    }

    /// Learns from `rows` of the data.
    func fit(
        _ data: Dataset,
        rows: [Int],
        seed: UInt64,
        threads: Int,
        _ watch: TrainingWatch
    ) throws(TrainingError) -> Fitted {
        switch self {
        case .forest(let parameters):
            try ForestLearner(parameters: parameters, seed: seed, threads: threads).fit(
                data,
                rows: rows,
                watch
            )
        case .boost(let parameters):
            try BoostLearner(parameters: parameters, seed: seed, threads: threads).fit(
                data,
                rows: rows,
                watch
            )
        case .linear(let parameters):
            try LinearLearner(parameters: parameters, threads: threads).fit(data, rows: rows, watch)
        }
    }
}
