import Contract

extension VerificationReport {
    /// The report as lines: each blob, and below it its findings.
    var lines: [String] {
        parts.flatMap { part in
            ["\(part.name) \(part.blob.map { "\($0)" } ?? "without a blob ID")"]
                + part.findings.map { "  \($0.verdict.word)  \($0.text)" }
        }
    }
}

extension Finding.Verdict {
    /// Five characters each, so that the texts after the words align.
    fileprivate var word: String {
        switch self {
        case .holds: "ok   "
        case .fails: "FAILS"
        case .unchecked: "-    "
        }
    }
}
