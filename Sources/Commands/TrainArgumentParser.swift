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
        var keys: Set<String> = []
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (key, value) = (parts[0].lowercased(), String(parts.count > 1 ? parts[1] : ""))
            if try other(key, value) { continue }
            guard let setting = TrainSetting.all.first(where: { $0.key == key }) else {
                let keys = (TrainSetting.all.map(\.key) + otherKeys).joined(separator: ", ")
                throw UsageError(.train, "there is no setting \"\(key.prefix(40))\"; there are: \(keys)")
            }
            guard setting.set(value, &parameters) else { throw wrong(key, value, setting.allowed) }
            keys.insert(key)
        }
        // Boosting limits its trees by leaves, unless somebody asks for a depth.
        if parameters.model == .boost, !keys.contains("depth") { parameters.depth = nil }
    }

    private static func dataset(_ text: String) throws(UsageError) -> TrainRequest.Dataset {
        if let run = Int64(text), run > 0 { return .run(run) }
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
