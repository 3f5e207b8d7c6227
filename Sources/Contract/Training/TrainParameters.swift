/// How to train: the few choices that, with the data, decide every bit of the model.
///
/// The defaults are those of the Python script that this bot replaces.
package struct TrainParameters: Codable, Equatable, Sendable {
    /// The column to predict, by name or position; nil: the one that looks like a target, else the last.
    package var target: String?
    /// What to learn; nil: what the target looks like.
    package var task: LearningTask?
    /// What to learn with; nil: a forest.
    package var model: LearnerKind?
    /// How many trees, or rounds of boosting, 1 to 10,000.
    package var trees: Int = 100
    /// How deep a tree may grow, 1 to 64; nil: as deep as the data ask for.
    package var depth: Int? = 5
    package var seed: UInt64 = 42
    /// The share of rows held back to measure the model, from 0 to below 1.
    package var test: Double = 0.2

    /// How many rows a leaf keeps at least; nil: 1 in a forest, 20 in boosting.
    package var leaf: Int?
    /// How many rows a node of a forest has at least before it is split; nil: 2.
    package var split: Int?
    /// How many features a node of a forest, or a tree of boosting, may choose from; nil: in a forest the square root of
    /// their number for classes, else all.
    package var features: FeatureLimit?
    /// What a row of a forest counts; nil: all the same.
    package var weights: ClassWeights?
    /// How much each round of boosting adds, above 0 and up to 1; nil: 0.1.
    package var rate: Double?
    /// How many leaves a tree of boosting has; nil: 31.
    package var leaves: Int?
    /// The share of rows that each round of boosting draws; nil: all.
    package var rows: Double?
    /// What large answers of boosting or large weights of a linear model cost; nil: 0 and 1.
    package var l2: Double?
    /// After how many rounds that bring nothing boosting stops; nil: it goes on.
    package var stop: Int?

    /// The owner's own training command that learns instead of the trainer; the other settings are then its to read.
    package var command: String?

    /// How the table is written; what is nil is found out.
    package var separator: CSVMark?
    package var quote: CSVMark?
    package var decimal: CSVMark?
    package var header: Bool?

    /// How many parts to cross-validate on; nil: not at all.
    package var folds: Int?
    /// How often to shuffle each feature to see what it is worth; nil: not at all.
    package var permute: Int?

    package init() {}

    package static let treesAllowed = 1...10_000
    package static let depthAllowed = 1...64
    package static let leafAllowed = 1...1_000_000
    package static let leavesAllowed = 2...65_536
    package static let stopAllowed = 1...10_000
    package static let foldsAllowed = 2...100
    package static let permuteAllowed = 1...100
}

/// What can be learnt with.
package enum LearnerKind: String, Codable, CaseIterable, Sendable {
    /// Many trees that vote, each on a bag of rows.
    case forest
    /// Trees that mend, one after the other, what those before them got wrong.
    case boost
    /// A weighted sum of the features: what trees have to beat.
    case linear
}

/// What rows count.
package enum ClassWeights: String, Codable, CaseIterable, Sendable {
    case equal
    /// The more, the rarer their class.
    case balanced
}

/// What can be learnt.
package enum LearningTask: String, Codable, CaseIterable, Sendable {
    case classification, regression
}

/// The marks that a table is written with.
package enum CSVMark: String, Codable, CaseIterable, Sendable {
    case comma, semicolon, tab, bar, double, single, point

    package static let separators: [CSVMark] = [.comma, .semicolon, .tab, .bar]
    package static let quotes: [CSVMark] = [.double, .single]
    package static let decimals: [CSVMark] = [.point, .comma]
}

extension TrainParameters {
    /// What learns, in words.
    package var learnerWords: String {
        if let command { return "the owner's own command \(command)" }
        return switch model ?? .forest {
        case .forest: "random forest"
        case .boost: "boosted trees"
        case .linear: "linear model"
        }
    }
}

extension TrainParameters: CustomStringConvertible {
    /// The same words that a command takes: `trees=100 depth=5 seed=42 test=0.2`.
    package var description: String {
        let settings: [(String, String?)] = [
            ("command", command), ("target", target), ("task", task?.rawValue), ("model", model?.rawValue),
            ("trees", model == .linear ? nil : "\(trees)"),
            ("depth", model == .linear ? nil : depth.map(String.init) ?? "none"), ("seed", "\(seed)"),
            ("test", "\(test)"),
            ("leaf", leaf.map(String.init)), ("split", split.map(String.init)),
            ("features", features?.rawValue), ("weights", weights?.rawValue), ("rate", rate.map { "\($0)" }),
            ("leaves", leaves.map(String.init)), ("rows", rows.map { "\($0)" }),
            ("l2", l2.map { "\($0)" }), ("stop", stop.map(String.init)),
            ("separator", separator?.rawValue), ("quote", quote?.rawValue), ("decimal", decimal?.rawValue),
            ("header", header.map { $0 ? "yes" : "no" }), ("folds", folds.map(String.init)),
            ("permute", permute.map(String.init)),
        ]
        return settings.compactMap { key, value in value.map { "\(key)=\($0)" } }.joined(separator: " ")
    }
}
