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

    /// The command of the terminal that stores the file at a path; elsewhere, people send the file.
    static let storing = "store"

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
        // A file is stored without a command, too.
        if withFile, words.count == 1, name[0].lowercased() == Self.storing { return .talk }
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
}
