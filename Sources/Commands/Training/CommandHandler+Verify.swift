import Contract
import Jobs
import Store
import Telegram

extension CommandHandler {
    /// Enqueues a run that verifies the subject, or replies why there is nothing to verify.
    func verify(_ subject: RunOrBlob) throws {
        guard let work = try verification(of: subject) else {
            return try refuse(try nothingToVerify(subject))
        }
        _ = try transaction.enqueueRun(work, origin: origin, at: now)
    }

    /// Enqueues a verification after the press of a button; returns the toast.
    func verifyByButton(_ subject: RunOrBlob) throws -> String {
        guard let work = try verification(of: subject) else {
            return try nothingToVerify(subject).text.plain
        }
        // The work runs on the bot's own machine, because people rely on the bot for the result.
        return try startOnce(work, on: .local)
    }

    /// Why there is nothing to verify.
    private func nothingToVerify(_ subject: RunOrBlob) throws -> Answer {
        if case .run(let id) = subject, let run = try visibleRun(id), !run.job.state.isTerminal {
            return RefusalText.notReady(id)
        }
        return VerificationText.noReceipt(subject)
    }

    /// The work that verifies the subject; for a run that is itself a verification, the same work again.
    ///
    /// Nil if a run of another kind has no receipt, or if this person may not see the run.
    private func verification(of subject: RunOrBlob) throws -> Work? {
        switch subject {
        case .blob(let blob): return .verify(VerifyArguments(blob: blob))
        case .run(let id):
            guard let run = try visibleRun(id) else { return nil }
            switch (run.work, run.job.outcome) {
            case (.verify, _): return run.work
            case (.train(let arguments), .trained(let result)?):
                return .verify(VerifyArguments(blob: result.receipt.id, run: id, hours: arguments.hours))
            default: return nil
            }
        }
    }
}
