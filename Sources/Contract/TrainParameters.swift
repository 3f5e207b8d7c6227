/// How to train: the few choices that, with the data, decide every bit of the model.
///
/// The defaults are those of the Python script that this bot replaces.
package struct TrainParameters: Codable, Equatable, Sendable {
    /// The column to predict, by name or position; nil: the one that looks like a target, else the last.
    package var target: String?
    /// What to learn; nil: what the target looks like.
    package var task: LearningTask?
    /// What learns; nil: a forest.
    package var model: ModelKind?
    /// How many trees a forest has, 1 to 10,000.
    package var trees: Int = 100
    /// How deep a tree may grow, 1 to 64; nil: as deep as the data ask for.
    package var depth: Int? = 5
    package var seed: UInt64 = 42
    /// The share of rows held back to measure the model, from 0 to below 1.
    package var test: Double = 0.2

    /// How trees grow; what is nil is as usual for what learns.
    ///
    /// Rows that each side of a split keeps at least, and that a node needs to be split.
    package var leaf: Int?
    package var split: Int?
    package var features: FeatureLimit?
    package var weights: ClassWeights?

    /// How boosting goes on: how often, how boldly, with how many leaves, and on what share of the rows; after how many
    /// rounds without progress it stops.
    package var rounds: Int?
    package var rate: Double?
    package var leaves: Int?
    package var rows: Double?
    package var stop: Int?
    /// What large answers or weights cost.
    package var l2: Double?

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
    package static let foldsAllowed = 2...100
    package static let permuteAllowed = 1...100
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

extension TrainParameters: CustomStringConvertible {
    /// The same words that a command takes: `trees=100 depth=5 seed=42 test=0.2`.
    package var description: String {
        let settings: [(String, String?)] = [
            ("target", target), ("task", task?.rawValue), ("model", model?.rawValue),
            ("trees", model ?? .forest == .forest ? "\(trees)" : nil),
            ("depth", model == .linear ? nil : depth.map(String.init) ?? "none"),
            ("leaf", leaf.map(String.init)), ("split", split.map(String.init)),
            ("features", features?.rawValue),
            ("weights", weights?.rawValue), ("rounds", rounds.map(String.init)),
            ("rate", rate.map { "\($0)" }),
            ("leaves", leaves.map(String.init)), ("rows", rows.map { "\($0)" }),
            ("stop", stop.map(String.init)),
            ("l2", l2.map { "\($0)" }), ("seed", "\(seed)"), ("test", "\(test)"),
            ("separator", separator?.rawValue), ("quote", quote?.rawValue), ("decimal", decimal?.rawValue),
            ("header", header.map { $0 ? "yes" : "no" }), ("folds", folds.map(String.init)),
            ("permute", permute.map(String.init)),
        ]
        return settings.compactMap { key, value in value.map { "\(key)=\($0)" } }.joined(separator: " ")
    }
}
