import Contract
import Jobs
import Store

/// Starts the work of runs again, each as a new run.
extension CommandHandler {
    /// The most runs that `/retry failed` starts at once.
    private static let mostRetries = 200

    func retry(_ request: RetryRequest) throws {
        switch request {
        case .latest:
            guard let run = try latestToRetry() else { return try refuse(HelpText.noRuns) }
            try retry(run)
        case .runs(let ids) where ids.count == 1:
            guard let run = try visibleRun(ids[0]) else { return try refuse(RefusalText.noRun(ids[0])) }
            try retry(run)
        case .runs(let ids):
            let runs = try ids.map { (id: $0, run: try visibleRun($0)) }
            let unknown = runs.filter { $0.run == nil }.map { RefusalText.noRun($0.id) }
            try retry(runs.compactMap(\.run), refused: unknown)
        case .failed:
            let failed = try transaction.failedRuns(
                ofChat: update.chat,
                startedBy: update.user,
                limit: Self.mostRetries
            )
            guard !failed.isEmpty else { return try reply(RetryText.noneFailed) }
            try retry(failed)
        }
    }

    private func retry(_ run: Run) throws {
        if let refusal = try refusalToRetry(run) { return try refuse(refusal) }
        _ = try transaction.enqueueRun(run.work, origin: origin, engine: run.job.engine, at: now)
    }

    private func retry(_ runs: [Run], refused: [Answer] = []) throws {
        var (started, refused): ([RetryText.Pair], [Answer]) = ([], refused)
        for run in runs {
            if let refusal = try refusalToRetry(run) {
                refused.append(refusal)
                continue
            }
            let new = try transaction.enqueueRun(
                run.work,
                origin: origin,
                engine: run.job.engine,
                isToldTogether: true,
                at: now
            )
            started.append((run.id, new.id))
        }
        refusals.count += refused.count
        try reply(RetryText.queued(started, refused: refused))
    }

    private func refusalToRetry(_ run: Run) throws -> Answer? {
        guard run.job.state.isTerminal else { return RefusalText.stillRunning(run.id) }
        return try refusal(of: run.work, on: run.job.engine)
    }

    /// The latest run that has ended; if none has ended, the latest run.
    private func latestToRetry() throws -> Run? {
        try transaction.runs(ofChat: update.chat, in: Job.State.terminal, limit: 1).first
            ?? transaction.runs(ofChat: update.chat, limit: 1).first
    }
}
