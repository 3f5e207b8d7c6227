/// Why an argument is refused: one phrase that states the received value and the allowed values.
package struct ArgumentError: Error, Equatable, CustomStringConvertible {
    package let problem: String

    package init(_ problem: String) { self.problem = problem }

    package var description: String { problem }
}
