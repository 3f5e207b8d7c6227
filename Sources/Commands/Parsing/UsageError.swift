/// What is wrong with a command; the answer shows the right form and an example.
package struct UsageError: Error, Equatable, CustomStringConvertible {
    /// Nil where there is no such command.
    package var word: CommandWord?
    /// What is wrong, with the value, and what is allowed: one phrase.
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
