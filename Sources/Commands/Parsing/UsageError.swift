import Contract

/// Why a command cannot be parsed.
///
/// If there is such a command, the answer to the person also shows the command's form and an example.
package struct UsageError: Error, Equatable, CustomStringConvertible {
    /// The command; nil if there is no such command.
    package var word: CommandWord?
    /// One phrase: what is wrong, the wrong value, and what is allowed.
    package var problem: String
    /// A command that is right in place of the wrong one; nil for ``CommandWord/example``.
    package var example: String?

    package init(_ word: CommandWord?, _ problem: String, example: String? = nil) {
        (self.word, self.problem, self.example) = (word, problem, example)
    }

    package init(unknownCommand name: some StringProtocol) {
        if name.lowercased() == CommandParser.storing {
            self.init(nil, "there is no command /store here; send the file itself")
            return
        }
        let words = CommandWord.allCases.map(\.rawValue)
        let hint = Misspelling.correction(of: String(name), among: words).map { "; did you mean /\($0)?" }
        self.init(nil, "there is no command /\(name.prefix(40))\(hint ?? "")")
    }

    package var description: String {
        guard let word else { return problem }
        return "/\(word.rawValue): \(problem); for example \(example ?? word.example)"
    }
}
