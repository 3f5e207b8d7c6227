/// The result of a verification: the findings about each blob.
package struct VerificationReport: Codable, Equatable, Sendable {
    /// The findings about one blob.
    package struct Part: Codable, Equatable, Sendable {
        /// `blob`, `receipt`, `dataset` or `model`.
        package var name: String
        /// Nil if the receipt gives no blob ID for this file.
        package let blob: BlobID?
        package private(set) var findings: [Finding] = []
        package private(set) var holds = true

        /// Whether a verdict on the blob itself may come later, because nobody could give its bytes now.
        package var isPending: Bool { findings.contains { $0.isPending == true } }

        package init(name: String, blob: BlobID?) {
            self.name = name
            self.blob = blob
        }

        /// Adds a finding.
        ///
        /// If the check is optional, only the verdict `fails` makes ``holds`` false.
        package mutating func add(_ finding: Finding, isOptional: Bool = false) {
            findings.append(finding)
            switch finding.verdict {
            case .holds: break
            case .fails: holds = false
            case .unchecked: holds = holds && isOptional
            }
        }
    }

    /// Whether no check failed and every required check was made.
    package let holds: Bool
    package let parts: [Part]
    /// Whether a repeat of the training gave the same model and metrics; nil if the training was not repeated.
    package let reproduced: Bool?

    package init(parts: [Part], reproduced: Bool? = nil) {
        self.parts = parts
        self.reproduced = reproduced
        holds = parts.allSatisfy(\.holds)
    }
}
