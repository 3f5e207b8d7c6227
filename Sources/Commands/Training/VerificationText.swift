import Contract
import Store
import Telegram

/// Texts about verifications: the subject, and each finding.
enum VerificationText {
    static func noReceipt(_ subject: RunOrBlob) -> Answer {
        Answer(
            "This chat has no receipt of run \(subject.data): only a training that succeeded has one. /runs succeeded lists the successful runs."
        )
    }

    /// The lines below the head of the live message.
    static func subject(of arguments: VerifyArguments) -> HTMLText {
        let what = arguments.run.map { "the receipt of run \($0)" } ?? "a blob"
        return .plain("\nVerifies \(what)\n") + .code("\(arguments.blob)")
    }

    /// Whether the verification has ended, but a check failed or a required check could not be made.
    static func hasUnmetCheck(_ job: Job) -> Bool {
        guard case .verified(let report)? = job.outcome else { return false }
        return !report.holds
    }

    /// The verdict in a few words.
    static func verdict(of report: VerificationReport) -> String {
        let findings = report.parts.flatMap(\.findings)
        if report.reproduced == false { return "not reproduced" }
        if findings.contains(where: { $0.verdict == .fails }) { return "a check failed" }
        if report.parts.contains(where: \.isPending) { return "cannot be told now" }
        if report.reproduced == true, report.holds { return "reproduced, bit for bit" }
        return report.holds ? "all checks passed" : "not everything could be checked"
    }

    static func result(_ report: VerificationReport, of run: Run) -> HTMLText {
        guard case .verify(let arguments) = run.work else { return HTMLText() }
        let subject = arguments.run.map { "Run \($0)" } ?? report.parts.first?.title ?? "Blob"
        let head =
            HTMLText.bold("\(subject): \(verdict(of: report))") + .plain(" · verified by run \(run.id)")
        return report.parts.reduce(head) { $0 + "\n\n" + lines(for: $1) }
    }

    private static func lines(for part: VerificationReport.Part) -> HTMLText {
        let id = part.blob.map { "\n" + HTMLText.code("\($0)") } ?? " without a blob ID"
        return part.findings.reduce(.bold(part.title) + id) {
            $0 + .plain("\n\($1.verdict.sign) \($1.text)")
        }
    }
}

extension VerificationReport.Part {
    fileprivate var title: String { name.prefix(1).uppercased() + name.dropFirst() }
}

extension Finding.Verdict {
    fileprivate var sign: String {
        switch self {
        case .holds: "✅"
        case .fails: "❌"
        case .unchecked: "▫️"
        }
    }
}
