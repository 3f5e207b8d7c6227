/// One setting of a training: its key, its allowed values in words, and the parameter that it sets.
package struct TrainSetting: Sendable {
    package let key: String
    let allowed: String
    /// Sets the parameter; returns false if the value is not allowed.
    let set: @Sendable (_ value: String, _ parameters: inout TrainParameters) -> Bool

    /// All settings, in the order in which help and errors list them.
    package static let all: [TrainSetting] = [
        TrainSetting(key: "target", allowed: "the name of a column") { value, parameters in
            parameters.target = value
            return !value.isEmpty
        },
        .choice("task", \.task, of: LearningTask.allCases),
        .choice("model", \.model, of: LearnerKind.allCases),
        .integer("trees", in: TrainParameters.treesAllowed) { $1.trees = $0 },
        .depth,
        .integer("leaf", in: TrainParameters.leafAllowed) { $1.leaf = $0 },
        .integer("split", in: TrainParameters.leafAllowed) { $1.split = $0 },
        TrainSetting(key: "features", allowed: "all, sqrt, log2, a share such as 0.3, or a number") {
            $1.features = FeatureLimit(rawValue: $0)
            return $1.features != nil
        },
        .choice("weights", \.weights, of: ClassWeights.allCases),
        .number("rate", "a number above 0 and up to 1, such as 0.1", where: TrainParameters.isShare) {
            $1.rate = $0
        },
        .integer("leaves", in: TrainParameters.leavesAllowed) { $1.leaves = $0 },
        .number(
            "rows",
            "a share of the rows above 0 and up to 1, such as 0.8",
            where: TrainParameters.isShare
        ) {
            $1.rows = $0
        },
        .number("l2", "a number from 0 up", where: TrainParameters.isPenalty) { $1.l2 = $0 },
        .integer("stop", in: TrainParameters.stopAllowed) { $1.stop = $0 },
        TrainSetting(key: "seed", allowed: "a whole number from 0 up") { value, parameters in
            guard let seed = UInt64(value) else { return false }
            parameters.seed = seed
            return true
        },
        .number(
            "test",
            "a share of the rows from 0 to below 1, such as 0.2",
            where: TrainParameters.isTestShare
        ) {
            $1.test = $0
        },
        .choice("separator", \.separator, of: CSVMark.separators),
        .choice("quote", \.quote, of: CSVMark.quotes),
        .choice("decimal", \.decimal, of: CSVMark.decimals),
        TrainSetting(key: "header", allowed: "yes or no") { value, parameters in
            parameters.header = value == "yes"
            return ["yes", "no"].contains(value)
        },
        .integer("folds", in: TrainParameters.foldsAllowed) { $1.folds = $0 },
        .integer("permute", in: TrainParameters.permuteAllowed) { $1.permute = $0 },
        TrainSetting(key: "command", allowed: "the name of a training command of this bot's owner") {
            $1.command = $0
            return !$0.isEmpty
        },
    ]
}

extension TrainSetting {
    /// The settings that describe the format of a table.
    static let dialect = all.filter { ["separator", "quote", "decimal", "header"].contains($0.key) }

    private static let depth = TrainSetting(
        key: "depth",
        allowed: "\(words(for: TrainParameters.depthAllowed)) or none"
    ) { value, parameters in
        let depth = Int(value)
        parameters.depth = depth
        return value == "none" || depth.map(TrainParameters.depthAllowed.contains) ?? false
    }

    private static func choice<Choice: RawRepresentable<String> & Sendable>(
        _ key: String,
        _ path: any WritableKeyPath<TrainParameters, Choice?> & Sendable,
        of choices: [Choice]
    ) -> TrainSetting {
        let names = choices.map(\.rawValue).joined(separator: ", ")
        return TrainSetting(key: key, allowed: "one of: \(names)") { value, parameters in
            guard let choice = choices.first(where: { $0.rawValue == value }) else { return false }
            parameters[keyPath: path] = choice
            return true
        }
    }

    private static func integer(
        _ key: String,
        in range: ClosedRange<Int>,
        _ set: @escaping @Sendable (Int, inout TrainParameters) -> Void
    ) -> TrainSetting {
        TrainSetting(key: key, allowed: words(for: range)) { value, parameters in
            guard let number = Int(value), range.contains(number) else { return false }
            set(number, &parameters)
            return true
        }
    }

    private static func number(
        _ key: String,
        _ allowed: String,
        where isAllowed: @escaping @Sendable (Double) -> Bool,
        _ set: @escaping @Sendable (Double, inout TrainParameters) -> Void
    ) -> TrainSetting {
        TrainSetting(key: key, allowed: allowed) { value, parameters in
            guard let number = Double(value), isAllowed(number) else { return false }
            set(number, &parameters)
            return true
        }
    }

    private static func words(for range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}

extension LearnerKind {
    /// The settings that only some models use.
    private static let settings: [LearnerKind: Set<String>] = [
        .forest: ["trees", "depth", "leaf", "split", "features", "weights"],
        .boost: ["trees", "depth", "leaf", "features", "rate", "leaves", "rows", "l2", "stop"],
        .linear: ["l2"],
    ]

    /// Whether only some models use the setting `key`.
    static func special(_ key: String) -> Bool { settings.values.contains { $0.contains(key) } }

    /// Whether the setting `key` changes anything for this model.
    func takes(_ key: String) -> Bool {
        !Self.special(key) || Self.settings[self]?.contains(key) ?? false
    }
}
