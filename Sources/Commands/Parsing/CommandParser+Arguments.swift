import Contract
import Store

/// Parses arguments that several commands have: a run, a name, a role, one of a few words.
extension CommandParser {
    func nothing(_ command: Command, _ arguments: [String]) throws(UsageError) -> Command {
        guard let surplus = arguments.first else { return command }
        throw UsageError(
            command.word,
            "it takes no arguments, but you sent \"\(surplus.prefix(60))\"; send the command alone"
        )
    }

    func atMostOne(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> String? {
        guard arguments.count < 2 else {
            throw UsageError(
                word,
                "it takes one argument, but you sent \(arguments.count): \(Self.list(arguments)); send one"
            )
        }
        return arguments.first
    }

    /// The arguments for an error: the first five, each cut at 20 characters.
    static func list(_ arguments: [String]) -> String {
        arguments.prefix(5).map { "\"\($0.count > 20 ? "\($0.prefix(19))…" : $0)\"" }.joined(separator: ", ")
    }

    func run(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> RunID? {
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
    static func run(_ text: String) -> RunID? { RunID(text.drop { $0 == "#" }) }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
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

    func role(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> Role {
        if let role: Role = try choice(word, arguments) { return role }
        throw UsageError(
            word,
            "a role is missing, one of: \(Role.allCases.map(\.rawValue).joined(separator: ", "))"
        )
    }

    func topicName(_ word: CommandWord, _ arguments: [String]) throws(UsageError) -> String {
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
    func subject(_ arguments: [String]) throws(UsageError) -> RunOrBlob {
        guard let first = arguments.first else {
            throw UsageError(.verify, "the number of a run or a blob ID is missing; /runs lists the runs")
        }
        guard arguments.count == 1 else {
            throw UsageError(
                .verify,
                "it takes one run or blob, but you sent \(arguments.count) words: \(Self.list(arguments)); send one"
            )
        }
        if let subject = RunOrBlob(written: first) { return subject }
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
}
