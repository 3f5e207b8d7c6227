package import Tables

/// The settings of a training.
///
/// The data and these settings determine every bit of the model.
package struct LearningParameters: Equatable, Sendable {
    /// How to read the table, and which column to predict.
    package var table = TableOptions()
    package var seed: UInt64 = 42
    /// The share of rows that are held out for testing, from 0 to below 1.
    package var testShare = 0.2
    package var holdout = Holdout.random
    /// The column with the weight of each row; nil: all rows have the same weight.
    package var sampleWeight: String?
    package var learner = Learner.forest(ForestParameters())

    package init() {}

    /// How the table is read, with the columns that the test rows and the weights need.
    var tableOptions: TableOptions {
        var options = table
        options.weight = sampleWeight
        options.needsTime = holdout == .time
        if case .group(let column) = holdout { options.group = column }
        return options
    }

    /// Checks that the settings suit the data.
    ///
    /// - Throws: ``TrainingError/noWeights(column:)``, or the errors of ``Learner/check(_:)``.
    func check(_ data: Dataset) throws(TrainingError) {
        if let sampleWeight, data.weights == nil { throw .noWeights(column: sampleWeight) }
        try learner.check(data)
    }
}

/// A learning algorithm with its parameters.
package enum Learner: Equatable, Sendable {
    case forest(ForestParameters)
    case boost(BoostParameters)
    case linear(LinearParameters)

    /// Checks that the parameters suit the data.
    ///
    /// - Throws: ``TrainingError/weightsForValues(target:)`` or ``TrainingError/tooManyFeatures(requested:found:)``.
    func check(_ data: Dataset) throws(TrainingError) {
        if case .forest(let forest) = self, forest.classWeight == .balanced, data.classes.isEmpty {
            throw .weightsForValues(target: data.targetName)
        }
        if case .count(let count) = maxFeatures, count > data.features.count {
            throw .tooManyFeatures(requested: count, found: data.features.count)
        }
    }

    private var maxFeatures: MaxFeatures {
        switch self {
        case .forest(let forest): forest.maxFeatures
        case .boost(let boost): boost.features
        case .linear: .all
        }
    }

    /// Trains a model on `rows` of the data.
    func fit(
        _ data: Dataset,
        rows: [Int],
        seed: UInt64,
        threads: Int,
        _ observer: TrainingObserver
    ) throws(TrainingError) -> FitResult {
        switch self {
        case .forest(let parameters):
            try ForestLearner(parameters: parameters, seed: seed, threads: threads).fit(
                data,
                rows: rows,
                observer
            )
        case .boost(let parameters):
            try BoostLearner(parameters: parameters, seed: seed, threads: threads).fit(
                data,
                rows: rows,
                observer
            )
        case .linear(let parameters):
            try LinearLearner(parameters: parameters, threads: threads).fit(data, rows: rows, observer)
        }
    }
}
