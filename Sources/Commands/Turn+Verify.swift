import Contract
import Jobs
import Store
import Telegram

extension Turn {
    /// Has a blob, or the receipt of a run, verified: a run of its own, because it may take as long as the training.
    func verify(_ subject: RunOrBlob) throws {
        guard let work = try work(for: subject) else { return try say(try lack(of: subject)) }
        _ = try transaction.startRun(work, origin: origin, at: now)
    }

    /// The same by a button; returns what to tell at once.
    func verifyOnce(_ subject: RunOrBlob) throws -> String {
        guard let work = try work(for: subject) else { return try lack(of: subject).text.plain }
        return try startOnce(work, on: Self.engine)
    }

    /// Where the bot itself is, which is who vouches for the answer.
    private static var engine: String { "local" }

    /// Why there is nothing to verify.
    private func lack(of subject: RunOrBlob) throws -> Answer {
        if case .run(let number) = subject, let run = try visibleRun(number), !run.job.state.isTerminal {
            return Words.notReady(number)
        }
        return VerifyWords.noReceipt(subject)
    }

    /// Nil: the run has no receipt, or is not to be seen here.
    private func work(for subject: RunOrBlob) throws -> Work? {
        switch subject {
        case .blob(let blob): return .verify(VerifyArguments(blob: blob))
        case .run(let number):
            guard let run = try visibleRun(number) else { return nil }
            switch (run.run.work, run.job.outcome) {
            case (.verify, _): return run.run.work
            case (.train(let arguments), .trained(let result)?):
                return .verify(
                    VerifyArguments(blob: result.receipt.id, run: number, hours: arguments.hours)
                )
            default: return nil
            }
        }
    }
}
