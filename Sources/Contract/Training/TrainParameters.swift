/// The settings of a training.
///
/// Together with the dataset, they determine every bit of the model, unless an owner's ``command`` trains it.
///
/// CONTRIBUTING.md lists the files that a new setting touches. The defaults are those of the Python script that this bot
/// replaced.
package struct TrainParameters: Codable, Equatable, Sendable {
    /// The column to predict, by name or position; nil: the column with a common name of a target, such as `label`, or
    /// else the last column.
    package var target: String?
    /// Nil: chosen from the values of the target.
    package var task: LearningTask?
    /// Nil: a forest.
    package var model: LearnerKind?
    /// The number of trees, or of rounds of boosting, 1 to 10,000.
    package var trees: Int = 100
    /// The largest depth of a tree, 1 to 64; nil: no limit.
    package var depth: Int? = 5
    package var seed: UInt64 = 42
    /// The share of rows that are held out of the training to evaluate the model, from 0 to below 1.
    package var test: Double = 0.2

    /// The smallest number of rows in a leaf; nil: 1 in a forest, 20 in boosting.
    package var leaf: Int?
    /// The smallest number of rows that a node of a forest needs to be split; nil: 2.
    package var split: Int?
    /// The number of features, drawn at random, from which splits are chosen.
    ///
    /// A forest draws features for each node, boosting draws them for each tree.
    ///
    /// Nil: the square root of the number of features for a classification by a forest, otherwise all features.
    package var features: FeatureLimit?
    /// The weights of rows in a forest; nil: equal.
    package var weights: ClassWeights?
    /// The learning rate of boosting, above 0 and up to 1; nil: 0.1.
    package var rate: Double?
    /// The largest number of leaves of a tree of boosting; nil: 31.
    package var leaves: Int?
    /// The share of rows that each round of boosting samples; nil: all rows.
    package var rows: Double?
    /// The L2 penalty of leaf values in boosting, or of weights in a linear model; nil: 0 in boosting, 1 in a linear
    /// model.
    package var l2: Double?
    /// The number of rounds without improvement after which boosting stops; nil: no early stopping.
    package var stop: Int?

    /// The name of the owner's training command that replaces the trainer.
    ///
    /// The command decides which other settings it uses.
    package var command: String?

    /// See ``TableDialect``.
    package var separator: CSVMark?
    package var quote: CSVMark?
    package var decimal: CSVMark?
    package var header: Bool?

    /// The names of columns that are left out.
    package var ignore: [String]?
    /// How columns are read, by name; the reader decides about the others.
    package var types: [String: ColumnReading]?
    /// Words that stand for a missing value in all columns, besides the words that the reader knows.
    package var missing: [String]?
    /// The mark between thousands in all columns of numbers; nil: detected.
    package var thousands: ThousandsMark?

    /// How test rows are chosen; nil: at random.
    package var holdout: HoldoutRule?
    /// The column with the weight of each row; nil: all rows have the same weight.
    package var sampleWeight: String?

    /// The number of folds of a cross-validation; nil: no cross-validation.
    package var folds: Int?
    /// The number of shuffles of each feature for permutation importance; nil: no permutation importance.
    package var permute: Int?

    package init() {}
}

extension TrainParameters {
    /// The name of the learner, for people.
    package var learnerName: String {
        if let command { return "the owner's own command \(command)" }
        return switch model ?? .forest {
        case .forest: "random forest"
        case .boost: "boosted trees"
        case .linear: "linear model"
        }
    }
}

extension TrainParameters: CustomStringConvertible {
    /// The settings in the form of a command's arguments: `trees=100 depth=5 seed=42 test=0.2`.
    ///
    /// Names that need quotes have them, so that a person can send the text back.
    ///
    /// For a linear model, `trees` and `depth` are left out, because a linear model has no trees.
    package var description: String {
        let hidden: Set = model == .linear ? ["trees", "depth"] : []
        return TrainSetting.all.filter { !hidden.contains($0.key) }
            .compactMap { setting in setting.value(self).map { "\(setting.key)=\($0)" } }
            .joined(separator: " ")
    }
}

extension TrainParameters {
    /// The settings whose values `/train` would refuse, each as `key=value`.
    ///
    /// A receipt may come from anyone, so its values must be checked before they reach the trainer.
    package var outOfRange: [String] {
        TrainSetting.all.compactMap { setting in
            var parameters = self
            guard let value = setting.value(self), !setting.set(value, in: &parameters) else { return nil }
            return "\(setting.key)=\(value)"
        }
    }
}
