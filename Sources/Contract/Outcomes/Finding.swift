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
    /// What the chain says of the blob, where it was found there.
    package var registration: Registration?

    /// How a blob is registered on the chain.
    package struct Registration: Codable, Equatable, Sendable {
        package var object: String
        package var certified: Bool
        package var deletable: Bool
        /// The first epoch in which the blob is gone.
        package var endEpoch: Int
        /// About when that epoch begins, such as 2023-11-19.
        package var endDate: String

        package init(object: String, certified: Bool, deletable: Bool, endEpoch: Int, endDate: String) {
            self.object = object
            self.certified = certified
            self.deletable = deletable
            self.endEpoch = endEpoch
            self.endDate = endDate
        }
    }

    package init(_ verdict: Verdict, by: String, _ text: String) {
        self.verdict = verdict
        self.by = by
        self.text = text
    }

    /// What was found out by computing.
    package static let here = "this machine"
}
