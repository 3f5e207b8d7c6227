/// Parses the arguments of `/train` and `okaibot train`: a dataset and settings of the form `key=value`, in any order.
package enum TrainArgumentParser {
    /// Parses the arguments of `/train`.
    package static func parse(_ arguments: [String]) throws(ArgumentError) -> TrainRequest {
        let words = arguments.filter { !$0.contains("=") }
        guard let first = words.first else {
            throw ArgumentError(
                "the dataset is missing: send a Walrus blob ID (43 letters, digits, - or _) or the number of a run"
            )
        }
        guard words.count == 1 else {
            throw ArgumentError(
                "it takes one dataset, but you sent \(words.count) words without \"=\": the second is "
                    + "\"\(words[1].prefix(60))\"; a setting is written like trees=200, without spaces"
            )
        }
        var request = TrainRequest(dataset: try dataset(first))
        let settings = arguments.filter { $0.contains("=") }
        let otherKeys = ["engine", "hours"]
        try apply(settings, to: &request.parameters, otherKeys: otherKeys) {
            key,
            value throws(ArgumentError) in
            switch key {
            case "hours": request.hours = try hours(value)
            case "engine": request.engine = try engine(value)
            default: return false
            }
            return true
        }
        return request
    }

    /// Sets the parameters that `settings` name.
    ///
    /// `otherKeys` are the settings of the request, not of the training. `other` parses such a setting; for any other
    /// key, `other` returns false.
    package static func apply(
        _ settings: [String],
        to parameters: inout TrainParameters,
        otherKeys: [String] = [],
        other: (String, String) throws(ArgumentError) -> Bool = { _, _ in false }
    ) throws(ArgumentError) {
        let keys = try parse(settings, TrainSetting.all, to: &parameters, otherKeys: otherKeys, other: other)
        try refuseUnused(keys, of: parameters)
        // The default depth is for forests only: in boosting, the number of leaves limits each tree.
        if parameters.model == .boost, !keys.contains("depth") { parameters.depth = nil }
    }

    /// Parses settings that describe the format of a CSV file.
    package static func dialect(_ settings: [String]) throws(ArgumentError) -> TableDialect {
        var parameters = TrainParameters()
        _ = try parse(settings, TrainSetting.dialect, to: &parameters) { _, _ in false }
        return parameters.dialect
    }

    /// Sets the parameters that `settings` name, and returns their keys.
    private static func parse(
        _ settings: [String],
        _ available: [TrainSetting],
        to parameters: inout TrainParameters,
        otherKeys: [String] = [],
        other: (String, String) throws(ArgumentError) -> Bool
    ) throws(ArgumentError) -> [String] {
        var keys: [String] = []
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (key, value) = (parts[0].lowercased(), String(parts.count > 1 ? parts[1] : ""))
            guard !keys.contains(key) else { throw ArgumentError("\(key) is set twice; set it once") }
            keys.append(key)
            if try other(key, value) { continue }
            guard let setting = available.first(where: { $0.key == key }) else {
                let names = (available.map(\.key) + otherKeys).joined(separator: ", ")
                throw ArgumentError("there is no setting \"\(key.prefix(40))\"; there are: \(names)")
            }
            guard setting.set(value, &parameters) else { throw notAllowed(key, value, setting.allowed) }
        }
        return keys
    }

    /// Refuses settings that the model does not use, because a person would expect them to change something.
    ///
    /// With `command=`, every setting is allowed, because the owner's training command decides which settings it uses.
    private static func refuseUnused(_ keys: [String], of parameters: TrainParameters) throws(ArgumentError) {
        guard parameters.command == nil else { return }
        let model = parameters.model ?? .forest
        let unused = TrainSetting.all.filter { keys.contains($0.key) && !$0.models.contains(model) }
        guard unused.isEmpty else {
            let names = unused.map(\.key).joined(separator: ", ")
            let used = TrainSetting.all.filter { $0.isModelSpecific && $0.models.contains(model) }
            let other = LearnerKind.allCases.first { kind in
                unused.allSatisfy { $0.models.contains(kind) }
            }
            let hint = other.map { ", but model=\($0.rawValue) does" } ?? ""
            throw ArgumentError(
                "model=\(model.rawValue) does not use \(names)\(hint); leave it out, or choose from: "
                    + used.map(\.key).joined(separator: ", ")
            )
        }
    }

    private static func dataset(_ text: String) throws(ArgumentError) -> TrainRequest.Dataset {
        if let run = RunID(text.drop { $0 == "#" }) { return .run(run) }
        if let blob = BlobScanner.blobs(in: text).first { return .blob(blob) }
        do {
            return .blob(try BlobID(text))
        } catch {
            throw ArgumentError("\(error)")
        }
    }

    private static func hours(_ value: String) throws(ArgumentError) -> Int {
        let allowed = TrainArguments.hoursAllowed
        guard let hours = Int(value), allowed.contains(hours) else {
            throw notAllowed(
                "hours",
                value,
                "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)"
            )
        }
        return hours
    }

    private static func engine(_ value: String) throws(ArgumentError) -> EngineName {
        guard let engine = EngineName(rawValue: value) else {
            let names = EngineName.allCases.map(\.rawValue).joined(separator: ", ")
            throw notAllowed("engine", value, "one of: \(names)")
        }
        return engine
    }

    private static func notAllowed(_ key: String, _ value: String, _ allowed: String) -> ArgumentError {
        ArgumentError("\(key) is \(allowed), but you sent \"\(value.prefix(60))\"")
    }
}
