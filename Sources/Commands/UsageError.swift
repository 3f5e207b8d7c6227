/// What was wrong with a command, for an answer that shows how it would have been right.
package struct UsageError: Error, Equatable, CustomStringConvertible {
    /// Nil where the command itself is unknown.
    package var word: CommandWord?
    /// What was wrong, with the value, and what is allowed: one phrase.
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
