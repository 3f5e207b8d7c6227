/// One setting of a training: its key, its allowed values in words, and closures that convert text to and from the
/// parameter.
package struct TrainSetting: Sendable {
    package let key: String
    /// The kinds of models that use the setting.
    let models: Set<LearnerKind>
    let allowed: String
    /// Returns the parameter as text that ``set`` can parse; nil if the setting is not given.
    ///
    /// A depth without a limit is the text `none`.
    let value: @Sendable (_ parameters: TrainParameters) -> String?
    /// Parses `value` and sets the parameter; returns false if the value is not allowed.
    let set: @Sendable (_ value: QuotedText, _ parameters: inout TrainParameters) -> Bool
    /// Whether the value is a list with commas.
    let isList: Bool

    /// All settings, in the order in which help, errors and ``TrainParameters/description`` list them.
    package static let all: [TrainSetting] = [
        .text("target", every, "the name of a column", \.target),
        .choice("task", every, \.task, of: LearningTask.allCases),
        .choice("model", every, \.model, of: LearnerKind.allCases),
        .trees, .depth, .seed, .testShare,
        .integer("leaf", withTrees, \.leaf, in: TrainParameters.leafAllowed),
        .integer("split", [.forest], \.split, in: TrainParameters.leafAllowed),
        .features,
        .choice("weights", [.forest], \.weights, of: ClassWeights.allCases),
        .share("rate", [.boost], "a number above 0 and up to 1, such as 0.1", \.rate),
        .integer("leaves", [.boost], \.leaves, in: TrainParameters.leavesAllowed),
        .share("rows", [.boost], "a share of the rows above 0 and up to 1, such as 0.8", \.rows),
        .l2,
        .integer("stop", [.boost], \.stop, in: TrainParameters.stopAllowed),
        .choice("separator", every, \.separator, of: CSVMark.separators),
        .choice("quote", every, \.quote, of: CSVMark.quotes),
        .choice("decimal", every, \.decimal, of: CSVMark.decimals),
        .header, .ignore, .types, .missing,
        .choice("thousands", every, \.thousands, of: ThousandsMark.allCases),
        .holdout,
        .text("sample_weight", every, "the name of a column with weights", \.sampleWeight),
        .integer("folds", every, \.folds, in: TrainParameters.foldsAllowed),
        .integer("permute", every, \.permute, in: TrainParameters.permuteAllowed),
        .text("command", every, "the name of a training command of this bot's owner", \.command),
    ]

    /// The settings that describe the format of a CSV file.
    static let dialect = all.filter { ["separator", "quote", "decimal", "header"].contains($0.key) }

    /// The setting with a value that is allowed, such as `trees=200`.
    var example: String { "\(key)=\(value(.example) ?? "")" }

    /// Whether only some models use the setting.
    var isModelSpecific: Bool { models != Self.every }

    /// Parses text and sets the parameter; returns false if the value is not allowed, or has a quote that is not closed.
    func set(_ text: String, in parameters: inout TrainParameters) -> Bool {
        guard let value = try? QuotedText(text) else { return false }  // an open quote is no allowed value
        return set(value, &parameters)
    }

    /// A setting whose value is one word or name.
    init(
        key: String,
        models: Set<LearnerKind>,
        allowed: String,
        value: @escaping @Sendable (TrainParameters) -> String?,
        set: @escaping @Sendable (_ name: String, _ parameters: inout TrainParameters) -> Bool
    ) {
        self.init(key: key, models: models, allowed: allowed, isList: false, value: value) {
            set($0.name, &$1)
        }
    }

    /// A setting whose value has parts, each of which may be in quotes.
    init(
        key: String,
        models: Set<LearnerKind>,
        allowed: String,
        isList: Bool,
        value: @escaping @Sendable (TrainParameters) -> String?,
        parse: @escaping @Sendable (_ value: QuotedText, _ parameters: inout TrainParameters) -> Bool
    ) {
        (self.key, self.models, self.allowed) = (key, models, allowed)
        (self.value, self.set, self.isList) = (value, parse, isList)
    }
}

// MARK: - Settings that need their own parsing

extension TrainSetting {
    static let every = Set(LearnerKind.allCases)
    private static let withTrees: Set<LearnerKind> = [.forest, .boost]

    private static let trees = TrainSetting(
        key: "trees",
        models: withTrees,
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
        models: withTrees,
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
        models: every,
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
        models: every,
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
        models: withTrees,
        allowed: "all, sqrt, log2, a share such as 0.3, or a number",
        value: { $0.features?.rawValue },
        set: { value, parameters in
            parameters.features = FeatureLimit(rawValue: value)
            return parameters.features != nil
        }
    )

    private static let l2 = TrainSetting(
        key: "l2",
        models: [.boost, .linear],
        allowed: "a number from 0 up",
        value: { $0.l2.map { "\($0)" } },
        set: { value, parameters in
            guard let penalty = Double(value), TrainParameters.isPenalty(penalty) else { return false }
            parameters.l2 = penalty
            return true
        }
    )

    private static let header = TrainSetting(
        key: "header",
        models: every,
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

    private static func text(
        _ key: String,
        _ models: Set<LearnerKind>,
        _ allowed: String,
        _ path: Path<String>
    ) -> TrainSetting {
        TrainSetting(
            key: key,
            models: models,
            allowed: allowed,
            value: { $0[keyPath: path].map(QuotedText.quoted) },
            set: { value, parameters in
                parameters[keyPath: path] = value
                return !value.isEmpty
            }
        )
    }

    private static func choice<Choice: RawRepresentable<String> & Sendable>(
        _ key: String,
        _ models: Set<LearnerKind>,
        _ path: Path<Choice>,
        of choices: [Choice]
    ) -> TrainSetting {
        let allowed = "one of: " + choices.map(\.rawValue).joined(separator: ", ")
        return TrainSetting(
            key: key,
            models: models,
            allowed: allowed,
            value: { $0[keyPath: path]?.rawValue }
        ) { value, parameters in
            guard let choice = choices.first(where: { $0.rawValue == value }) else { return false }
            parameters[keyPath: path] = choice
            return true
        }
    }

    private static func integer(
        _ key: String,
        _ models: Set<LearnerKind>,
        _ path: Path<Int>,
        in range: ClosedRange<Int>
    ) -> TrainSetting {
        TrainSetting(
            key: key,
            models: models,
            allowed: words(for: range),
            value: { $0[keyPath: path].map(String.init) }
        ) { value, parameters in
            guard let number = Int(value), range.contains(number) else { return false }
            parameters[keyPath: path] = number
            return true
        }
    }

    private static func share(
        _ key: String,
        _ models: Set<LearnerKind>,
        _ allowed: String,
        _ path: Path<Double>
    ) -> TrainSetting {
        TrainSetting(
            key: key,
            models: models,
            allowed: allowed,
            value: { $0[keyPath: path].map { "\($0)" } }
        ) { value, parameters in
            guard let number = Double(value), TrainParameters.isShare(number) else { return false }
            parameters[keyPath: path] = number
            return true
        }
    }

    private static func words(for range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}
