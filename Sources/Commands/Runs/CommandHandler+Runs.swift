import Contract
import Foundation
import Jobs
import Store
import Telegram

/// Shows runs: their status, lists, timelines and logs.
extension CommandHandler {
    /// How many ended runs `/status` shows.
    private static let recentRuns = 5
    /// How many log lines `/logs` reads; the message shows as many of them as fit.
    private static let recentLines = 200

    func status(_ id: RunID?) throws {
        guard let id else { return try replyInPlace(try overview()) }
        guard let run = try visibleRun(id) else { return try refuse(RefusalText.noRun(id)) }
        let text = RunText(run: run, ahead: try transaction.jobsAhead(of: run.job), now: now)
        guard run.job.state.isTerminal, run.work.kind != .store else {
            return try reply(Answer(text.text, keyboard: text.keyboard))
        }
        // The answer shows the end of the run as well, with the buttons of the result.
        let log = try transaction.log(ofJob: run.job.id, last: EndText.logLines)
        let end = EndText(run: run, policy: policy, log: log)
        try reply(Answer(text.text + "\n\n" + end.text, keyboard: end.keyboard))
    }

    private func overview() throws -> Answer {
        let open = try transaction.openRuns(ofChat: update.chat).map { run in
            (run: run, ahead: try transaction.jobsAhead(of: run.job))
        }
        let ended = try transaction.runs(
            ofChat: update.chat,
            in: Job.State.terminal,
            limit: Self.recentRuns
        )
        return StatusText.status(open: open, ended: ended, now: now)
    }

    func runs(_ filter: RunFilter, page: Int) throws {
        let total = try transaction.runCount(ofChat: update.chat, in: filter.states)
        let pages = max(1, (total + StatusText.pageSize - 1) / StatusText.pageSize)
        let page = min(max(1, page), pages)
        let runs = try transaction.runs(
            ofChat: update.chat,
            in: filter.states,
            skipping: (page - 1) * StatusText.pageSize,
            limit: StatusText.pageSize
        )
        try replyInPlace(StatusText.runs(runs, filter, page: page, of: total, now: now))
    }

    func events(_ id: RunID?) throws {
        guard let run = try namedOrLatest(id) else { return }
        let events = try transaction.events(ofRun: run.id, limit: EventsText.limit)
        try replyInPlace(EventsText.timeline(of: run, events))
    }

    func logs(_ id: RunID?, inPlace: Bool = false) throws {
        guard let run = try namedOrLatest(id) else { return }
        let lines = try transaction.log(ofJob: run.job.id, last: Self.recentLines)
        let total = try transaction.logLineCount(ofJob: run.job.id)
        let tail = LogsText.tail(of: lines, total: total, run: run.id)
        if inPlace { try replyInPlace(tail) } else { try reply(tail) }
    }

    func fullLog(_ id: RunID) throws {
        guard let run = try namedOrLatest(id) else { return }
        let lines = try transaction.logLineCount(ofJob: run.job.id)
        try reply(lines == 0 ? LogsText.nothing(run: run.id) : LogsText.whole(run: run.id, lines: lines))
    }
}
