/// Why an argument is refused, in one phrase: what is wrong, with the value, and what is allowed.
package struct ArgumentError: Error, Equatable, CustomStringConvertible {
    package let problem: String

    package init(_ problem: String) { self.problem = problem }

    package var description: String { problem }
}
