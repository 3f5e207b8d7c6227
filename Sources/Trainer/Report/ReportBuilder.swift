import Tables

/// Collects the parts of a report while a model is trained and evaluated.
struct ReportBuilder {
    private let table: TrainingTable
    private let checks: DataChecks
    private let split: TrainTestSplit
    private let parameters: LearningParameters
    private let fitted: FitResult
    private let model: Model
    var scores: Scores?
    var linear: (score: Double, rows: Int)?
    var crossValidation: CrossValidation?
    var permutationImportance: [PermutationImportance]?
    var cost = TrainingCost()

    init(
        _ table: TrainingTable,
        _ checks: DataChecks,
        _ split: TrainTestSplit,
        _ parameters: LearningParameters,
        _ fitted: FitResult,
        _ model: Model
    ) {
        self.table = table
        self.checks = checks
        self.split = split
        self.parameters = parameters
        self.fitted = fitted
        self.model = model
    }

    var report: Report {
        let data = table.data
        return Report(
            task: data.classes.isEmpty ? .regression : .classification,
            target: data.targetName,
            features: data.features.map(\.name),
            classes: data.classes,
            trainRows: split.train.count,
            testRows: split.test.count,
            seed: parameters.seed,
            isStratified: !data.classes.isEmpty && parameters.holdout == .random,
            classification: scores?.classification,
            regression: scores?.regression,
            outOfBagScore: fitted.outOfBagScore,
            learningCurve: fitted.outOfBag,
            linearScore: linear?.score,
            linearRows: linear?.rows,
            crossValidation: crossValidation,
            importance: ranked,
            permutationImportance: permutationImportance,
            model: ModelShape(model),
            reading: table.reading,
            decisions: (table.decisions + chosenTestRows).map(\.asLine),
            warnings: warnings.map(\.asLine),
            cost: cost
        )
    }

    /// The features by importance; the most important feature is first.
    ///
    /// Equally important features are in the order of columns.
    private var ranked: [Report.Importance] {
        let shares = fitted.importance
        let order = shares.indices.sorted { shares[$0] == shares[$1] ? $0 < $1 : shares[$0] > shares[$1] }
        return order.map { Report.Importance(feature: table.data.features[$0].name, share: shares[$0]) }
    }

    private var warnings: [String] {
        table.warnings + checks.warnings + checks.warnings(of: split) + untestedClasses + treesWithoutSplits
            + simplerModels
    }

    /// How the test rows were chosen, if they were not drawn at random.
    private var chosenTestRows: [String] {
        guard !split.test.isEmpty else { return [] }
        return switch parameters.holdout {
        case .random: []
        case .time: ["the last \(split.test.count) rows by time are held out"]
        case .group(let column):
            ["\(split.test.count) rows are held out: whole groups of equal values in \(column.quotedName)"]
        }
    }

    private var untestedClasses: [String] {
        guard let scores = scores?.classification else { return [] }
        let names = scores.perClass.filter { $0.support == 0 }.map(\.label)
        return names.isEmpty ? [] : ["no test row has the class \(names.quoted); folds=5 tests all rows"]
    }

    private var treesWithoutSplits: [String] {
        let shape = ModelShape(model)
        guard shape.trees > 0, shape.depth == 0 else { return [] }
        return ["no tree has a split, so every row gets the same prediction: \(waysToSplit)"]
    }
}

extension ReportBuilder {
    private var waysToSplit: String {
        let leaf =
            switch parameters.learner {
            case .forest(let forest): forest.minSamplesLeaf
            case .boost(let boost): boost.minSamplesLeaf
            case .linear: 1
            }
        return leaf > 1 ? "say leaf=1, or add rows" : "add rows, or say target=NAME for another target"
    }

    private var otherWays: String {
        let model = if case .boost = parameters.learner { "forest" } else { "boost" }
        return "say model=\(model), or target=NAME for another target"
    }

    /// A warning if the model is not better than a baseline, or if a linear model is better.
    private var simplerModels: [String] {
        switch scores {
        case .classification(let scores):
            if scores.accuracy <= scores.baselineAccuracy,
                scores.balancedAccuracy <= scores.baseline.balancedAccuracy
            {
                return ["the model is no better than always predicting the most frequent class: \(otherWays)"]
            }
            return linear.map { $0.score > scores.accuracyInterval[1] } ?? false ? [Self.linearIsBetter] : []
        case .regression(let scores):
            if scores.r2 <= 0 {
                return ["the model is no better than always predicting the mean: \(otherWays)"]
            }
            // The linear model is called better only if its unexplained variance (1 - R²) is below 80 % of the model's:
            // a smaller difference may be due to chance.
            return linear.map { 1 - $0.score < 0.8 * (1 - scores.r2) } ?? false ? [Self.linearIsBetter] : []
        case nil: return []
        }
    }

    private static let linearIsBetter = "a linear model has a better score on the same rows: try model=linear"
}
