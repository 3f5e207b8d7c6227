/// What is wrong with an argument: the value, and what is allowed, in one phrase.
package struct ArgumentError: Error, Equatable, CustomStringConvertible {
    package let problem: String

    package init(_ problem: String) { self.problem = problem }

    package var description: String { problem }
}
