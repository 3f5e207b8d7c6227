/// Why an argument is refused: one phrase with the value that was sent and the values that are allowed.
package struct ArgumentError: Error, Equatable, CustomStringConvertible {
    package let problem: String

    package init(_ problem: String) { self.problem = problem }

    package var description: String { problem }
}
