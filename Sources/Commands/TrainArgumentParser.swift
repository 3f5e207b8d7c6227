package import Contract

/// Understands what stands behind `/train` and `okaibot train`: a dataset, then `key=value` in any order.
package enum TrainArgumentParser {
    private static let engines = ["local", "vm", "enrolled", "fluence"]

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
        let otherKeys = ["engine", "hours"]
        try apply(settings, to: &request.parameters, otherKeys: otherKeys) { key, value throws(UsageError) in
            if key == "hours" {
                let allowed = TrainArguments.hoursAllowed
                guard let hours = Int(value), allowed.contains(hours) else {
                    throw wrong(
                        key,
                        value,
                        "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)"
                    )
                }
                request.hours = hours
                return true
            }
            guard key == "engine" else { return false }
            guard engines.contains(value) else {
                throw wrong(key, value, "one of: \(engines.joined(separator: ", "))")
            }
            request.engine = value
            return true
        }
        return request
    }

    /// Sets what `settings` name; `other` takes `otherKeys`, which are no parameters of the training itself.
    package static func apply(
        _ settings: [String],
        to parameters: inout TrainParameters,
        otherKeys: [String] = [],
        other: (String, String) throws(UsageError) -> Bool = { _, _ in false }
    ) throws(UsageError) {
        let keys = try read(settings, TrainSetting.all, to: &parameters, otherKeys: otherKeys, other: other)
        try refuseUnused(keys, of: parameters)
        // Boosting limits its trees by leaves, unless somebody asks for a depth.
        if parameters.model == .boost, !keys.contains("depth") { parameters.depth = nil }
    }

    /// How `settings` say that a table is written.
    package static func dialect(_ settings: [String]) throws(UsageError) -> TableDialect {
        var parameters = TrainParameters()
        _ = try read(settings, TrainSetting.dialect, to: &parameters) { _, _ in false }
        return parameters.dialect
    }

    /// Sets what `settings` name, and returns their keys.
    private static func read(
        _ settings: [String],
        _ known: [TrainSetting],
        to parameters: inout TrainParameters,
        otherKeys: [String] = [],
        other: (String, String) throws(UsageError) -> Bool
    ) throws(UsageError) -> [String] {
        var keys: [String] = []
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (key, value) = (parts[0].lowercased(), String(parts.count > 1 ? parts[1] : ""))
            guard !keys.contains(key) else { throw UsageError(.train, "\(key) is set twice; set it once") }
            keys.append(key)
            if try other(key, value) { continue }
            guard let setting = known.first(where: { $0.key == key }) else {
                let names = (known.map(\.key) + otherKeys).joined(separator: ", ")
                throw UsageError(.train, "there is no setting \"\(key.prefix(40))\"; there are: \(names)")
            }
            guard setting.set(value, &parameters) else { throw wrong(key, value, setting.allowed) }
        }
        return keys
    }

    /// Rather an error than a setting that changes nothing.
    ///
    /// What a training command reads is its own affair.
    private static func refuseUnused(_ keys: [String], of parameters: TrainParameters) throws(UsageError) {
        guard parameters.command == nil else { return }
        let model = parameters.model ?? .forest
        let unused = keys.filter { !model.takes($0) }
        guard unused.isEmpty else {
            let taken = TrainSetting.all.map(\.key).filter { LearnerKind.special($0) && model.takes($0) }
            throw UsageError(
                .train,
                "model=\(model.rawValue) does not use \(unused.joined(separator: ", ")); of its own it takes: "
                    + taken.joined(separator: ", ")
            )
        }
    }

    private static func dataset(_ text: String) throws(UsageError) -> TrainRequest.Dataset {
        if let run = Int64(text.drop { $0 == "#" }), run > 0 { return .run(run) }
        if let blob = BlobScanner.blobs(in: text).first { return .blob(blob) }
        do {
            return .blob(try BlobID(text))
        } catch {
            throw UsageError(.train, "\(error)")
        }
    }

    private static func wrong(_ key: String, _ value: String, _ allowed: String) -> UsageError {
        UsageError(.train, "\(key) is \(allowed), but you sent \"\(value.prefix(60))\"")
    }
}
