import Contract
import Walrus

/// What a verification found out, blob by blob.
struct VerificationReport: Encodable {
    /// One blob.
    struct Part: Encodable {
        var name: String
        /// Nil where nobody named one.
        let blob: BlobID?
        private(set) var findings: [Finding] = []
        private(set) var holds = true

        init(name: String, blob: BlobID?) {
            self.name = name
            self.blob = blob
        }

        /// Notes a finding; an optional one may be missing, but must not be bad.
        mutating func add(_ finding: Finding, isOptional: Bool = false) {
            findings.append(finding)
            switch finding.verdict {
            case .holds: break
            case .fails: holds = false
            case .unchecked: holds = holds && isOptional
            }
        }

        func renamed(_ name: String) -> Part {
            var part = self
            part.name = name
            return part
        }
    }

    let holds: Bool
    let parts: [Part]

    init(parts: [Part]) {
        self.parts = parts
        holds = parts.allSatisfy(\.holds)
    }
}

extension VerificationReport: CustomStringConvertible {
    var description: String {
        parts.map { part in
            (["\(part.name) \(part.blob.map { "\($0)" } ?? "without a blob ID")"]
                + part.findings.map { "  \($0.verdict.word)  \($0.text)" })
                .joined(separator: "\n")
        }
        .joined(separator: "\n")
    }
}

extension Finding.Verdict {
    /// All as wide.
    fileprivate var word: String {
        switch self {
        case .holds: "ok   "
        case .fails: "FAILS"
        case .unchecked: "-    "
        }
    }
}
