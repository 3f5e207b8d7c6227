/// One setting of a training: its key, its allowed values in words, and how it reads and sets its parameter.
package struct TrainSetting: Sendable {
    package let key: String
    let allowed: String
    /// The parameter as text that ``set`` reads; nil: the default applies.
    let value: @Sendable (_ parameters: TrainParameters) -> String?
    /// Sets the parameter; false if the value is not allowed.
    let set: @Sendable (_ value: String, _ parameters: inout TrainParameters) -> Bool

    /// All settings, in the order in which help, errors and ``TrainParameters/description`` list them.
    package static let all: [TrainSetting] = [
        .text("target", "the name of a column", \.target),
        .choice("task", \.task, of: LearningTask.allCases),
        .choice("model", \.model, of: LearnerKind.allCases),
        .trees, .depth, .seed, .testShare,
        .integer("leaf", \.leaf, in: TrainParameters.leafAllowed),
        .integer("split", \.split, in: TrainParameters.leafAllowed),
        .features,
        .choice("weights", \.weights, of: ClassWeights.allCases),
        .number("rate", \.rate, "a number above 0 and up to 1, such as 0.1", where: TrainParameters.isShare),
        .integer("leaves", \.leaves, in: TrainParameters.leavesAllowed),
        .number(
            "rows",
            \.rows,
            "a share of the rows above 0 and up to 1, such as 0.8",
            where: TrainParameters.isShare
        ),
        .number("l2", \.l2, "a number from 0 up", where: TrainParameters.isPenalty),
        .integer("stop", \.stop, in: TrainParameters.stopAllowed),
        .choice("separator", \.separator, of: CSVMark.separators),
        .choice("quote", \.quote, of: CSVMark.quotes),
        .choice("decimal", \.decimal, of: CSVMark.decimals),
        .header,
        .integer("folds", \.folds, in: TrainParameters.foldsAllowed),
        .integer("permute", \.permute, in: TrainParameters.permuteAllowed),
        .text("command", "the name of a training command of this bot's owner", \.command),
    ]

    /// The settings that describe how a table is written.
    static let dialect = all.filter { ["separator", "quote", "decimal", "header"].contains($0.key) }
}

// MARK: - Settings with a form of their own

extension TrainSetting {
    private static let trees = TrainSetting(
        key: "trees",
        allowed: words(for: TrainParameters.treesAllowed),
        value: { "\($0.trees)" },
        set: { value, parameters in
            guard let trees = Int(value), TrainParameters.treesAllowed.contains(trees) else { return false }
            parameters.trees = trees
            return true
        }
    )

    private static let depth = TrainSetting(
        key: "depth",
        allowed: "\(words(for: TrainParameters.depthAllowed)) or none",
        value: { $0.depth.map(String.init) ?? "none" },
        set: { value, parameters in
            let depth = Int(value)
            parameters.depth = depth
            return value == "none" || depth.map(TrainParameters.depthAllowed.contains) ?? false
        }
    )

    private static let seed = TrainSetting(
        key: "seed",
        allowed: "a whole number from 0 up",
        value: { "\($0.seed)" },
        set: { value, parameters in
            guard let seed = UInt64(value) else { return false }
            parameters.seed = seed
            return true
        }
    )

    private static let testShare = TrainSetting(
        key: "test",
        allowed: "a share of the rows from 0 to below 1, such as 0.2",
        value: { "\($0.test)" },
        set: { value, parameters in
            guard let share = Double(value), TrainParameters.isTestShare(share) else { return false }
            parameters.test = share
            return true
        }
    )

    private static let features = TrainSetting(
        key: "features",
        allowed: "all, sqrt, log2, a share such as 0.3, or a number",
        value: { $0.features?.rawValue },
        set: { value, parameters in
            parameters.features = FeatureLimit(rawValue: value)
            return parameters.features != nil
        }
    )

    private static let header = TrainSetting(
        key: "header",
        allowed: "yes or no",
        value: { $0.header.map { $0 ? "yes" : "no" } },
        set: { value, parameters in
            parameters.header = value == "yes"
            return ["yes", "no"].contains(value)
        }
    )
}

// MARK: - Kinds of settings

extension TrainSetting {
    private typealias Path<Value> = any WritableKeyPath<TrainParameters, Value?> & Sendable

    private static func text(_ key: String, _ allowed: String, _ path: Path<String>) -> TrainSetting {
        TrainSetting(key: key, allowed: allowed, value: { $0[keyPath: path] }) { value, parameters in
            parameters[keyPath: path] = value
            return !value.isEmpty
        }
    }

    private static func choice<Choice: RawRepresentable<String> & Sendable>(
        _ key: String,
        _ path: Path<Choice>,
        of choices: [Choice]
    ) -> TrainSetting {
        let names = choices.map(\.rawValue).joined(separator: ", ")
        return TrainSetting(key: key, allowed: "one of: \(names)", value: { $0[keyPath: path]?.rawValue }) {
            value,
            parameters in
            guard let choice = choices.first(where: { $0.rawValue == value }) else { return false }
            parameters[keyPath: path] = choice
            return true
        }
    }

    private static func integer(_ key: String, _ path: Path<Int>, in range: ClosedRange<Int>) -> TrainSetting
    {
        TrainSetting(key: key, allowed: words(for: range), value: { $0[keyPath: path].map(String.init) }) {
            value,
            parameters in
            guard let number = Int(value), range.contains(number) else { return false }
            parameters[keyPath: path] = number
            return true
        }
    }

    private static func number(
        _ key: String,
        _ path: Path<Double>,
        _ allowed: String,
        where isAllowed: @escaping @Sendable (Double) -> Bool
    ) -> TrainSetting {
        TrainSetting(key: key, allowed: allowed, value: { $0[keyPath: path].map { "\($0)" } }) {
            value,
            parameters in
            guard let number = Double(value), isAllowed(number) else { return false }
            parameters[keyPath: path] = number
            return true
        }
    }

    private static func words(for range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}

extension LearnerKind {
    /// The settings that only some models use, by model; every other setting applies to all of them.
    private static let ownSettings: [LearnerKind: Set<String>] = [
        .forest: ["trees", "depth", "leaf", "split", "features", "weights"],
        .boost: ["trees", "depth", "leaf", "features", "rate", "leaves", "rows", "l2", "stop"],
        .linear: ["l2"],
    ]

    /// Whether only some models use the setting `key`.
    static func isModelSpecific(_ key: String) -> Bool { ownSettings.values.contains { $0.contains(key) } }

    /// Whether the setting `key` changes anything for this model.
    func uses(_ key: String) -> Bool {
        !Self.isModelSpecific(key) || Self.ownSettings[self]?.contains(key) ?? false
    }
}
