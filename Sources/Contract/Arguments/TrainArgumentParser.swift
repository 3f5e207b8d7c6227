/// Parses the arguments of `/train` and `okaibot train`: a dataset and settings of the form `key=value`, in any order.
///
/// A name with blanks, commas, colons or `=` is in quotes; see ``QuotedText``.
package enum TrainArgumentParser {
    /// Splits the text behind `/train` into arguments, which keep their quotes.
    ///
    /// A comma separates arguments like a blank, because phone keyboards insert commas. Behind a setting with a list, a
    /// comma separates the list's elements, until a word with `=` or with a blob ID comes.
    ///
    /// - Throws: ``ArgumentError`` if a quote is not closed.
    package static func words(_ text: some StringProtocol) throws(ArgumentError) -> [String] {
        var words: [QuotedText] = []
        var isBehindComma = false
        for word in try QuotedText(text).split(where: \.properties.isWhitespace) {
            for (index, part) in word.split(where: { $0 == "," }).enumerated() {
                if index > 0 { isBehindComma = true }
                guard !part.isEmpty else { continue }
                if isBehindComma, let list = words.last, isList(list), isElement(part) {
                    words[words.count - 1] = list.appending(part)
                } else {
                    words.append(part)
                }
                isBehindComma = false
            }
        }
        return words.map(\.written)
    }

    private static func isList(_ setting: QuotedText) -> Bool {
        guard let key = setting.cut(atFirst: "=")?.0.written.lowercased() else { return false }
        return TrainSetting.all.contains { $0.isList && $0.key == key }
    }

    private static func isElement(_ word: QuotedText) -> Bool {
        !word.contains("=") && BlobScanner.blobs(in: word.written).isEmpty
    }

    /// Parses the arguments of `/train`.
    package static func parse(_ arguments: [String]) throws(ArgumentError) -> TrainRequest {
        // By scalars: an accent behind "=" would make one character of both.
        let settings = arguments.filter { $0.unicodeScalars.contains("=") }
        let words = arguments.filter { !$0.unicodeScalars.contains("=") }
        guard let first = words.first else {
            throw ArgumentError(
                "the dataset is missing: send a Walrus blob ID (43 letters, digits, - or _) or the number of a run"
            )
        }
        guard words.count == 1 else {
            throw surplus(words)
        }
        var request = TrainRequest(dataset: try dataset(first))
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

    /// Refuses words without `=` beside the dataset: keys without a value, or parts of a name without quotes.
    private static func surplus(_ words: [String]) -> ArgumentError {
        let keys = words.map { $0.lowercased() }
        if let setting = TrainSetting.all.first(where: { keys.contains($0.key) }) {
            return ArgumentError(
                "\"\(setting.key)\" needs a value: \(setting.allowed); write it like \(setting.example), without spaces",
                example: setting.example
            )
        }
        return ArgumentError(
            "it takes one dataset, but you sent \(words.count) words without \"=\": the second is "
                + "\"\(words[1].prefix(60))\"; a setting is written like trees=200, without spaces, and a name with spaces in quotes, like "
                + "target=\"Sale Price\""
        )
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
        try refuseContradictions(parameters)
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
            let text = try QuotedText(setting)
            let (name, value) = text.cut(atFirst: "=") ?? (text, QuotedText())
            let key = name.written.lowercased()
            guard !keys.contains(key) else { throw ArgumentError("\(key) is set twice; set it once") }
            keys.append(key)
            if try other(key, value.name) { continue }
            guard let setting = available.first(where: { $0.key == key }) else {
                throw unknown(key, among: available, otherKeys)
            }
            guard setting.set(value, &parameters) else {
                throw notAllowed(key, value.written, setting.allowed, example: setting.example)
            }
        }
        return keys
    }

    private static func unknown(_ key: String, among available: [TrainSetting], _ otherKeys: [String])
        -> ArgumentError
    {
        let keys = available.map(\.key) + otherKeys
        let meant = Misspelling.correction(of: key, among: keys)
        let hint = meant.map { "did you mean \($0)? There are: " } ?? "there are: "
        return ArgumentError(
            "there is no setting \"\(key.prefix(40))\"; \(hint)\(keys.joined(separator: ", "))",
            example: available.first { $0.key == meant }?.example
        )
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

    /// Refuses settings that cannot hold together.
    private static func refuseContradictions(_ parameters: TrainParameters) throws(ArgumentError) {
        if parameters.holdout == .time, parameters.folds != nil, parameters.command == nil {
            throw ArgumentError(
                "folds mixes early and late rows, so it does not go with holdout=time; leave one of them out"
            )
        }
        if let holdout = parameters.holdout, parameters.test == 0, parameters.command == nil {
            throw ArgumentError(
                "test=0 holds out no rows, so holdout=\(holdout.rawValue) has none to choose; leave one of them out"
            )
        }
        if let target = parameters.target, parameters.ignore?.contains(target) == true {
            throw ArgumentError("\"\(target.prefix(60))\" is the target, so ignore cannot leave it out")
        }
        if let thousands = parameters.thousands, thousands.rawValue == parameters.decimal?.rawValue {
            throw ArgumentError(
                "thousands and decimal are both \(thousands.rawValue); a number cannot have one mark for both"
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
                "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)",
                example: "hours=8"
            )
        }
        return hours
    }

    private static func engine(_ value: String) throws(ArgumentError) -> EngineName {
        guard let engine = EngineName(rawValue: value) else {
            let names = EngineName.allCases.map(\.rawValue).joined(separator: ", ")
            throw notAllowed("engine", value, "one of: \(names)", example: "engine=\(EngineName.local)")
        }
        return engine
    }

    private static func notAllowed(_ key: String, _ value: String, _ allowed: String, example: String)
        -> ArgumentError
    {
        ArgumentError("\(key) is \(allowed), but you sent \"\(value.prefix(60))\"", example: example)
    }
}
