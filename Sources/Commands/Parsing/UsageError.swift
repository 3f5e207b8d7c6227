/// Why a command cannot be parsed.
///
/// If there is such a command, the answer to the person also shows the command's form and an example.
package struct UsageError: Error, Equatable, CustomStringConvertible {
    /// The command; nil if there is no such command.
    package var word: CommandWord?
    /// One phrase: what is wrong, the wrong value, and what is allowed.
    package var problem: String

    package init(_ word: CommandWord?, _ problem: String) {
        self.word = word
        self.problem = problem
    }

    package var description: String {
        guard let word else { return problem }
        return "/\(word.rawValue): \(problem); for example \(word.example)"
    }
}
