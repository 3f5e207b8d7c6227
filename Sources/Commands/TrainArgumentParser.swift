package import Contract

/// Understands what stands behind `/train` and `okaibot train`: a dataset, then `key=value` in any order.
package enum TrainArgumentParser {
    private static let keys =
        "target, task, model, trees, depth, leaf, split, features, weights, rounds, rate, leaves, rows, stop, l2, "
        + "seed, test, separator, quote, decimal, header, folds, permute, engine"
    private static let engines = ["local"]

    package static func parse(_ arguments: [String]) throws(UsageError) -> TrainRequest {
        let dataset = arguments.filter { !$0.contains("=") }
        guard let first = dataset.first else {
            throw UsageError(.train, "a Walrus blob ID is missing: 43 letters, digits, - or _")
        }
        guard dataset.count == 1 else {
            throw UsageError(.train, "one dataset at a time, but you sent \(dataset.count) words")
        }
        var request = TrainRequest(dataset: try self.dataset(first))
        let settings = arguments.filter { $0.contains("=") }
        try apply(settings, to: &request.parameters) { key, value throws(UsageError) in
            guard key == "engine" else { return false }
            guard engines.contains(value) else {
                throw wrong(key, value, "one of: \(engines.joined(separator: ", "))")
            }
            request.engine = value
            return true
        }
        return request
    }

    /// Sets what `settings` name; `other` may take keys that are not parameters of the training itself.
    package static func apply(
        _ settings: [String],
        to parameters: inout TrainParameters,
        other: (String, String) throws(UsageError) -> Bool = { _, _ in false }
    ) throws(UsageError) {
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (key, value) = (parts[0].lowercased(), String(parts.count > 1 ? parts[1] : ""))
            if try other(key, value) { continue }
            try set(key, to: value, in: &parameters)
        }
        // A forest's usual depth is not boosting's, whose trees are as deep as their leaves allow.
        let isDepthNamed = settings.contains { $0.lowercased().hasPrefix("depth=") }
        if parameters.model == .boost, !isDepthNamed { parameters.depth = nil }
    }

    private static func dataset(_ text: String) throws(UsageError) -> TrainRequest.Dataset {
        if let run = Int64(text), run > 0 { return .run(run) }
        do {
            return .blob(try BlobID(text))
        } catch {
            throw UsageError(.train, "\(error)")
        }
    }

    private static func set(
        _ key: String,
        to value: String,
        in parameters: inout TrainParameters
    ) throws(UsageError) {
        switch key {
        case "target":
            guard !value.isEmpty else { throw wrong(key, value, "the name of a column") }
            parameters.target = value
        case "task":
            parameters.task = try choice(key, value, of: LearningTask.allCases)
        case "trees":
            parameters.trees = try integer(key, value, in: TrainParameters.treesAllowed)
        case "depth":
            parameters.depth =
                value == "none"
                ? nil : try integer(key, value, in: TrainParameters.depthAllowed, or: " or none")
        case "seed":
            guard let seed = UInt64(value) else { throw wrong(key, value, "a whole number from 0 up") }
            parameters.seed = seed
        case "test":
            guard let share = Double(value), share >= 0, share < 1 else {
                throw wrong(key, value, "a share of the rows from 0 to below 1, such as 0.2")
            }
            parameters.test = share
        case "separator":
            parameters.separator = try choice(key, value, of: CSVMark.separators)
        case "quote":
            parameters.quote = try choice(key, value, of: CSVMark.quotes)
        case "decimal":
            parameters.decimal = try choice(key, value, of: CSVMark.decimals)
        case "header":
            guard ["yes", "no"].contains(value) else { throw wrong(key, value, "yes or no") }
            parameters.header = value == "yes"
        case "folds":
            parameters.folds = try integer(key, value, in: TrainParameters.foldsAllowed)
        case "permute":
            parameters.permute = try integer(key, value, in: TrainParameters.permuteAllowed)
        default:
            guard try !setLearning(key, to: value, in: &parameters) else { return }
            throw UsageError(.train, "there is no setting \"\(key.prefix(40))\"; there are: \(keys)")
        }
    }

    static func choice<Choice: RawRepresentable<String>>(
        _ key: String,
        _ value: String,
        of choices: [Choice]
    ) throws(UsageError) -> Choice {
        guard let choice = choices.first(where: { $0.rawValue == value }) else {
            throw wrong(key, value, "one of: \(choices.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    static func integer(
        _ key: String,
        _ value: String,
        in range: ClosedRange<Int>,
        or also: String = ""
    ) throws(UsageError) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw wrong(key, value, "a whole number from \(range.lowerBound) to \(range.upperBound)\(also)")
        }
        return number
    }

    static func wrong(_ key: String, _ value: String, _ allowed: String) -> UsageError {
        UsageError(.train, "\(key) is \(allowed), but you sent \"\(value.prefix(60))\"")
    }
}
