import Contract
import Jobs
import Store

extension CommandHandler {
    /// `/cancel 7` cancels; `/cancel` asks first.
    func cancel(_ id: RunID?) throws {
        guard let run = try runToCancel(id) else { return }
        guard id != nil || !access.mayCancel(run) else { return try reply(CancelText.ask(run)) }
        let answer = try requestCancel(of: run)
        // A waiting run ends at once, and the message about the end of the run is enough.
        let hasJustEnded = try !run.job.state.isTerminal && visibleRun(run.id)?.job.state.isTerminal == true
        if !hasJustEnded { try reply(answer) }
    }

    /// Cancels the run, if the person is allowed to; returns the answer.
    func requestCancel(of run: Run) throws -> Answer {
        guard access.mayCancel(run) else { return CancelText.notYours(run.id) }
        guard !run.job.state.isTerminal else { return CancelText.hasEnded(run.id) }
        return CancelText.stopping(
            try transaction.requestCancel(of: run.id, by: update.userName, at: now)
        )
    }

    /// The run `id`, or the chat's only open run if `id` is nil.
    ///
    /// If there is no such run, or several are open, replies and returns nil.
    private func runToCancel(_ id: RunID?) throws -> Run? {
        if let id {
            let run = try visibleRun(id)
            if run == nil { try reply(RefusalText.noRun(id)) }
            return run
        }
        let open = try transaction.openRuns(ofChat: update.chat)
        if open.count == 1 { return open[0] }
        try reply(open.isEmpty ? CancelText.nothing : CancelText.which(open.map(\.id)))
        return nil
    }
}
