package import Contract
import Store

/// Parses the text of a message.
package struct CommandParser: Sendable {
    /// What a text contains.
    package enum Reading: Equatable, Sendable {
        case command(Command)
        /// Not a command, but the text holds blob IDs.
        case blobs([BlobID])
        /// A command for another bot in the same group.
        case foreign
        /// Neither a command nor a blob ID.
        case talk
    }

    /// See ``ChatPolicy/botName``.
    private let botName: String?

    package init(botName: String? = nil) {
        self.botName = botName
    }

    /// Parses the text of a message, or the caption of a file.
    ///
    /// If `withFile` is true, `text` is a caption, and `/predict 7` needs no values.
    ///
    /// - Throws: ``UsageError`` if `text` is a command for this bot that cannot be parsed.
    package func read(_ text: String, withFile: Bool = false) throws(UsageError) -> Reading {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, first.hasPrefix("/"), first.count > 1 else {
            let blobs = BlobScanner.blobs(in: text)
            return blobs.isEmpty ? .talk : .blobs(blobs)
        }
        let name = first.dropFirst().split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if name.count == 2, let botName, name[1].lowercased() != botName.lowercased() { return .foreign }
        guard let word = CommandWord(rawValue: name[0].lowercased()) else {
            throw UsageError(unknownCommand: name[0])
        }
        let arguments = try Self.arguments(word, text[first.endIndex...])
        if withFile, word == .predict, arguments.count == 1, let run = try run(word, arguments) {
            return .command(.predict(PredictRequest(run: run, cells: [])))
        }
        return .command(try command(word, arguments))
    }

    /// The arguments in the text behind the command.
    ///
    /// The arguments of `/train` and `/predict` keep their quotes, which are around names and values; see ``QuotedText``.
    private static func arguments(_ word: CommandWord, _ text: Substring) throws(UsageError) -> [String] {
        do throws(ArgumentError) {
            return switch word {
            case .train: try TrainArgumentParser.words(text)
            case .predict: try cells(text)
            // A comma separates arguments like a space, because phone keyboards insert commas.
            default: text.split { $0.isWhitespace || $0 == "," }.map(String.init)
            }
        } catch {
            throw UsageError(word, error.problem)
        }
    }

    /// The values of a row.
    ///
    /// Between two adjacent commas is an empty value; a comma before a space is only a separator.
    private static func cells(_ text: Substring) throws(ArgumentError) -> [String] {
        let words = try QuotedText(text).split(where: \.properties.isWhitespace).filter { !$0.isEmpty }
        return words.indices.flatMap { index in
            let cells = words[index].split { $0 == "," }.map(\.written)
            guard cells != ["", ""] else { return [String]() }
            let isCut = cells.last == "" && index < words.endIndex - 1
            return isCut ? cells.dropLast() : cells
        }
    }

    private func command(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> Command {
        switch word {
        case .start: .start(code: try atMostOne(word, arguments))
        case .help: .help(helpTopic(arguments))
        case .runs: .runs(try choice(word, arguments) ?? .all)
        case .members: try nothing(.members, arguments)
        case .list: try nothing(.list, arguments)
        case .train: arguments.isEmpty ? .chooseTraining : .train(try training(arguments))
        case .build: try nothing(.build, arguments)
        case .images: try nothing(.images, arguments)
        case .status: .status(run: try run(word, arguments))
        case .cancel: .cancel(try cancelled(arguments))
        case .retry: .retry(try retried(arguments))
        case .logs: .logs(run: try run(word, arguments))
        case .events: .events(run: try run(word, arguments))
        case .notify: try notify(arguments)
        case .mute: .mute(try mute(arguments))
        case .predict: .predict(try prediction(arguments))
        case .verify: .verify(try subject(arguments))
        case .register: .register(name: try topicName(word, arguments))
        case .unregister: .unregister(name: try topicName(word, arguments))
        case .invite: .invite(try role(word, arguments))
        }
    }

    // MARK: - Arguments of one kind

    private func nothing(_ command: Command, _ arguments: [String]) throws(UsageError) -> Command {
        guard let surplus = arguments.first else { return command }
        throw UsageError(
            command.word,
            "it takes no arguments, but you sent \"\(surplus.prefix(60))\"; send the command alone"
        )
    }

    private func atMostOne(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> String? {
        guard arguments.count < 2 else {
            throw UsageError(
                word,
                "it takes one argument, but you sent \(arguments.count): \(Self.list(arguments)); send one"
            )
        }
        return arguments.first
    }

    /// The arguments for an error: the first five, each cut at 20 characters.
    private static func list(_ arguments: [String]) -> String {
        arguments.prefix(5).map { "\"\($0.count > 20 ? "\($0.prefix(19))…" : $0)\"" }.joined(separator: ", ")
    }

    private func run(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> RunID? {
        guard let text = try atMostOne(word, arguments) else { return nil }
        guard let run = Self.run(text) else {
            throw UsageError(
                word,
                "\"\(text.prefix(60))\" is not the number of a run, such as 7; /runs lists the runs"
            )
        }
        return run
    }

    /// `7` or `#7`.
    private static func run(_ text: String) -> RunID? { RunID(text.drop { $0 == "#" }) }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ word: CommandWord,
        _ arguments: [String]
    ) throws(UsageError) -> Choice? {
        guard let text = try atMostOne(word, arguments) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError(word, "the argument is one of: \(names), but you sent \"\(text.prefix(60))\"")
        }
        return choice
    }

    private func role(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> Role {
        if let role: Role = try choice(word, arguments) { return role }
        throw UsageError(
            word,
            "a role is missing, one of: \(Role.allCases.map(\.rawValue).joined(separator: ", "))"
        )
    }

    private func topicName(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> String {
        guard let name = try atMostOne(word, arguments) else {
            throw UsageError(word, "a name is missing: send up to 64 letters, digits, - _ or .")
        }
        let allowed = name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        guard allowed, name.count <= 64 else {
            throw UsageError(
                word,
                "a name has up to 64 letters, digits, - _ or ., but you sent \"\(name.prefix(80))\""
            )
        }
        return name
    }

    /// Parses the argument of `/verify`: the number of a run, or a blob ID in any form that people paste.
    private func subject(_ arguments: [String]) throws(UsageError) -> RunOrBlob {
        guard let first = arguments.first else {
            throw UsageError(.verify, "the number of a run or a blob ID is missing; /runs lists the runs")
        }
        guard arguments.count == 1 else {
            throw UsageError(
                .verify,
                "it takes one run or blob, but you sent \(arguments.count) words: \(Self.list(arguments))"
            )
        }
        if let run = Self.run(first) { return .run(run) }
        if let blob = BlobScanner.blobs(in: first).first { return .blob(blob) }
        do {
            return .blob(try BlobID(first))
        } catch  where error.isNearlyAnID {
            throw UsageError(.verify, "\(error)")
        } catch {
            throw UsageError(
                .verify,
                "\"\(first.prefix(60))\" is neither the number of a run, such as 7, nor a blob ID of 43 characters"
            )
        }
    }

    // MARK: - Arguments of one command

    /// The page that the person means; the first page if there is no such page, because a person who needs help gets it.
    private func helpTopic(_ arguments: [String]) -> HelpTopic {
        let word = arguments.first.map { $0.drop { $0 == "/" }.lowercased() }
        switch word {
        case "all": return .all
        case "train": return .train
        default: return word.flatMap(CommandWord.init).map(HelpTopic.command) ?? .basics
        }
    }

    private func cancelled(_ arguments: [String]) throws(UsageError) -> CancelRequest {
        switch arguments.map({ $0.lowercased() }) {
        case []: .choose
        case ["all"]: .own
        case ["everybody"]: .everybodys
        default: .runs(try runs(.cancel, arguments, otherwise: "all"))
        }
    }

    private func retried(_ arguments: [String]) throws(UsageError) -> RetryRequest {
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
    private static let mostRuns = 100

    private func training(_ arguments: [String]) throws(UsageError) -> TrainRequest {
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

    private func notify(_ arguments: [String]) throws(UsageError) -> Command {
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
    private func mute(_ arguments: [String]) throws(UsageError) -> MuteRequest {
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

    private func prediction(_ arguments: [String]) throws(UsageError) -> PredictRequest {
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
