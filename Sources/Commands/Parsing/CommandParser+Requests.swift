import Contract
import Store

/// Parses the arguments of one command into its request.
extension CommandParser {
    /// The page that the person means; the first page if there is no such page, because a person who needs help gets it.
    func helpTopic(_ arguments: [String]) -> HelpTopic {
        let word = arguments.first.map { $0.drop { $0 == "/" }.lowercased() }
        switch word {
        case "all": return .all
        case "train": return .train
        default: return word.flatMap(CommandWord.init).map(HelpTopic.command) ?? .basics
        }
    }

    func cancelled(_ arguments: [String]) throws(UsageError) -> CancelRequest {
        switch arguments.map({ $0.lowercased() }) {
        case []: .choose
        case ["all"]: .own
        case ["everybody"]: .everybodys
        default: .runs(try runs(.cancel, arguments, otherwise: "all"))
        }
    }

    func retried(_ arguments: [String]) throws(UsageError) -> RetryRequest {
        switch arguments.map({ $0.lowercased() }) {
        case []: .latest
        case ["failed"]: .failed
        default: .runs(try runs(.retry, arguments, otherwise: "failed"))
        }
    }

    /// The runs with these numbers, without repeats.
    private func runs(_ word: CommandWord, _ arguments: [String], otherwise: String) throws(UsageError)
        -> [RunID]
    {
        let aloneWords = word == .cancel ? ["all", "everybody"] : ["failed"]
        if let alone = arguments.first(where: { aloneWords.contains($0.lowercased()) }) {
            throw UsageError(
                word,
                "\"\(alone)\" stands alone, but you sent \(Self.list(arguments)); send one or the other"
            )
        }
        var runs: [RunID] = []
        for text in arguments {
            guard let run = Self.run(text) else {
                throw UsageError(
                    word,
                    "\"\(text.prefix(60))\" is not the number of a run, such as 7, and not \"\(otherwise)\"; "
                        + "/runs lists the runs"
                )
            }
            if !runs.contains(run) { runs.append(run) }
        }
        guard runs.count <= Self.mostRuns else {
            throw UsageError(
                word,
                "you sent \(runs.count) runs, and it takes at most \(Self.mostRuns) at once"
            )
        }
        return runs
    }

    /// The most runs in one command.
    private static var mostRuns: Int { 100 }

    func training(_ arguments: [String]) throws(UsageError) -> TrainRequest {
        do throws(ArgumentError) {
            return try TrainArgumentParser.parse(arguments)
        } catch {
            throw UsageError(.train, error.problem, example: example(of: error, arguments))
        }
    }

    /// The person's own command with the fault mended, as far as the parser knows how.
    private func example(of error: ArgumentError, _ arguments: [String]) -> String? {
        guard let setting = error.example else { return nil }
        let subject = arguments.lazy.compactMap(RunOrBlob.init(written:)).first
        return "/train \(subject?.data ?? Demo.blob) \(setting)"
    }

    func notify(_ arguments: [String]) throws(UsageError) -> Command {
        let last = arguments.last?.lowercased()
        let isOn = last == "on" ? true : last == "off" ? false : nil
        if isOn == nil, arguments.count == 2 {
            throw UsageError(
                .notify,
                "the second argument is on or off, but you sent \"\(arguments[1].prefix(60))\""
            )
        }
        return .notify(
            run: try run(.notify, isOn == nil ? arguments : Array(arguments.dropLast())),
            isOn: isOn
        )
    }

    /// `30m`, `8h`, `2d`, a number of hours, or `off`.
    func mute(_ arguments: [String]) throws(UsageError) -> MuteRequest {
        guard let text = try atMostOne(.mute, arguments)?.lowercased() else { return .show }
        if text == "off" { return .off }
        let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        guard let count = Int(unit == nil ? text[...] : text.dropLast()), count > 0,
            count <= 30 * 86_400 / (unit ?? 3_600)
        else {
            throw UsageError(
                .mute,
                "the time must be like 30m, 8h or 2d, at most 30 days, but you sent \"\(text.prefix(60))\""
            )
        }
        return .on(seconds: count * (unit ?? 3_600))
    }

    func prediction(_ arguments: [String]) throws(UsageError) -> PredictRequest {
        guard let first = arguments.first, let run = try run(.predict, [first]) else {
            throw UsageError(
                .predict,
                "the number of a training's run is missing; send /runs succeeded to see the successful runs"
            )
        }
        let values = arguments.dropFirst()
        guard values.contains(where: { !$0.isEmpty }) else {
            throw UsageError(
                .predict,
                "the values of a row are missing: send one for each feature, or send a CSV file with the caption "
                    + "\"/predict \(run)\""
            )
        }
        if values.count == 1, let blob = BlobScanner.blobs(in: arguments[1]).first {
            return PredictRequest(run: run, cells: [], table: .blob(blob))
        }
        do throws(ArgumentError) {
            return try row(of: run, values.map { value throws(ArgumentError) in try QuotedText(value) })
        } catch {
            throw UsageError(.predict, error.problem)
        }
    }

    /// The row of values, all of them with names or none.
    private func row(of run: RunID, _ values: [QuotedText]) throws(ArgumentError) -> PredictRequest {
        guard values.contains(where: { $0.contains("=") }) else {
            return PredictRequest(run: run, names: nil, cells: values.map(\.name))
        }
        let pairs = try values.filter { !$0.isEmpty }.map { value throws(ArgumentError) in
            guard let pair = value.cut(atFirst: "=") else {
                throw ArgumentError(
                    "some values have names, but \"\(value.name.prefix(60))\" has none; "
                        + "write it as name=value, or send no names"
                )
            }
            return pair
        }
        return PredictRequest(run: run, names: pairs.map(\.0.name), cells: pairs.map(\.1.name))
    }
}
