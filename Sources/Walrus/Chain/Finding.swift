/// One thing that was, or was not, found out about a blob, and by whom.
package struct Finding: Codable, Equatable, Sendable {
    package enum Verdict: String, Codable, Sendable {
        case holds
        case fails
        /// Nobody looked; the text says why.
        case unchecked
    }

    package var verdict: Verdict
    /// Who says so: this machine, or a chain behind an endpoint.
    package var by: String
    /// One line for people.
    package var text: String

    package init(_ verdict: Verdict, by: String, _ text: String) {
        self.verdict = verdict
        self.by = by
        self.text = text
    }

    /// What was found out by computing.
    package static let here = "this machine"
}
