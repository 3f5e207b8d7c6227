/// Find out what can be trusted of a blob; of a receipt all that it names, and by training again.
package struct VerifyArguments: Codable, Equatable, Sendable {
    package var blob: BlobID
    /// The run whose receipt the blob is, where a run was asked about.
    package var run: RunID?
    /// How long it may take, as long as the training; nil: as long as the bot allows any.
    package var hours: Int?

    package init(blob: BlobID, run: RunID? = nil, hours: Int? = nil) {
        self.blob = blob
        self.run = run
        self.hours = hours
    }
}

/// What a verification found out, blob by blob.
package struct VerificationReport: Codable, Equatable, Sendable {
    /// One blob.
    package struct Part: Codable, Equatable, Sendable {
        /// `blob`, `receipt`, `dataset` or `model`.
        package var name: String
        /// Nil where nobody named one.
        package let blob: BlobID?
        package private(set) var findings: [Finding] = []
        package private(set) var holds = true

        package init(name: String, blob: BlobID?) {
            self.name = name
            self.blob = blob
        }

        /// Notes a finding; an optional one may be missing, but must not be bad.
        package mutating func add(_ finding: Finding, isOptional: Bool = false) {
            findings.append(finding)
            switch finding.verdict {
            case .holds: break
            case .fails: holds = false
            case .unchecked: holds = holds && isOptional
            }
        }
    }

    /// Whether all that was asked for was checked, and holds.
    package let holds: Bool
    package let parts: [Part]
    /// Whether training again gave the same model; nil where nobody trained, or nothing could be compared.
    package let reproduced: Bool?

    package init(parts: [Part], reproduced: Bool? = nil) {
        self.parts = parts
        self.reproduced = reproduced
        holds = parts.allSatisfy(\.holds)
    }
}
