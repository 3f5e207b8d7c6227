/// Why an argument is refused: one phrase that states the received value and the allowed values.
package struct ArgumentError: Error, Equatable, CustomStringConvertible {
    package let problem: String
    /// An argument that is right in place of the wrong one, such as `trees=200`; nil if there is none to propose.
    package let example: String?

    package init(_ problem: String, example: String? = nil) {
        (self.problem, self.example) = (problem, example)
    }

    package var description: String { problem }
}
