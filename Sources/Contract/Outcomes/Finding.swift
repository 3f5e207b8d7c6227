/// The result of one check of a blob.
package struct Finding: Codable, Equatable, Sendable {
    package enum Verdict: String, Codable, Sendable {
        case holds
        case fails
        /// The check was not made, or it gave no result; the text gives the reason.
        case unchecked
    }

    package var verdict: Verdict
    /// The source of the verdict.
    ///
    /// That is ``thisMachine``, or the name of a chain and the URL of its endpoint. If no chain was asked, it is `no
    /// chain`.
    package var by: String
    /// One line for people.
    package var text: String
    /// The blob's registration on the chain; nil if the chain was not asked or no registration was found.
    package var registration: Registration?

    /// Whether the verdict may come later, because nobody could answer now; nil: no.
    package var isPending: Bool?

    /// How a blob is registered on the chain.
    package struct Registration: Codable, Equatable, Sendable {
        /// The ID of the Sui object that registers the blob.
        package var object: String
        package var certified: Bool
        package var deletable: Bool
        /// The first epoch in which the blob is not stored any more.
        package var endEpoch: Int
        /// The estimated date on which that epoch begins, such as 2023-11-19.
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

    /// The value of ``by`` for a check that needs no chain.
    package static let thisMachine = "this machine"
}
