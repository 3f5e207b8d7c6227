import Contract
import Foundation
import Store
import Telegram

/// The texts of lists of runs.
enum StatusText {
    /// How many runs a page of `/runs` has.
    static let pageSize = 10

    /// A run, and how many other jobs are running or are queued before the run.
    typealias Entry = (run: Run, ahead: Int)

    /// The open runs, then the latest runs that have ended.
    static func status(open: [Entry], ended: [Run], now: Date) -> Answer {
        guard !open.isEmpty || !ended.isEmpty else { return HelpText.noRuns }
        let runs = open + ended.map { ($0, 0) }
        let head = HTMLText.bold(open.isEmpty ? "Nothing is running" : "Running and waiting")
        let text = list(open, under: head, now: now)
        let past = ended.reduce("\n\n" + .bold("Ended recently")) { $0 + "\n" + line(($1, 0), now: now) }
        return Answer(
            ended.isEmpty ? text : text + past,
            keyboard: InlineKeyboard(
                buttons(for: runs.map(\.run)) + [[.action("🔄 Refresh", .plain(.status))]]
            )
        )
    }

    /// One page of the `total` runs that match `filter`.
    static func runs(_ runs: [Run], _ filter: RunFilter, page: Int, of total: Int, now: Date) -> Answer {
        guard total > 0 else { return filter == .all ? HelpText.noRuns : none(filter) }
        let (first, pages) = ((page - 1) * pageSize, (total + pageSize - 1) / pageSize)
        let count = pages == 1 ? "\(total)" : "\(first + 1) to \(first + runs.count) of \(total)"
        let head = HTMLText.bold(filter.title) + .plain(" · \(count)")
        let pageButtons: [InlineButton?] = [
            page > 1 ? .action("◀", .runs(filter, page: page - 1)) : nil,
            page < pages ? .action("▶", .runs(filter, page: page + 1)) : nil,
        ]
        return Answer(
            list(runs.map { ($0, 0) }, under: head, now: now),
            keyboard: InlineKeyboard(buttons(for: runs) + [pageButtons.compactMap(\.self)])
        )
    }

    private static func none(_ filter: RunFilter) -> Answer {
        Answer("No run of this chat \(filter.verb). /runs lists all.")
    }

    private static func list(_ runs: [Entry], under head: HTMLText, now: Date) -> HTMLText {
        runs.reduce(head + (runs.isEmpty ? "" : "\n")) { $0 + "\n" + line($1, now: now) }
    }

    /// A button for each run, five in a row.
    private static func buttons(for runs: [Run]) -> [[InlineButton]] {
        let buttons = runs.map { InlineButton.action("\($0.id)", .run(.status, $0.id)) }
        return stride(from: 0, to: buttons.count, by: 5).map {
            Array(buttons[$0..<min($0 + 5, buttons.count)])
        }
    }

    private static func line(_ entry: Entry, now: Date) -> HTMLText {
        let (run, view) = (entry.run, RunText(run: entry.run, ahead: entry.ahead, now: now))
        let detail: String =
            switch (run.job.state, run.job.outcome) {
            case (.completed, .trained(let result)?): headline(of: result.metrics)
            case (.completed, .built(let image)?): "\(ByteCount(image.size))"
            case (.completed, .verified(let report)?): VerificationText.verdict(of: report)
            case (.completed, .stored(let card)?): "\(ByteCount(card.blob.size))"
            case (.discarded, _): run.job.failure?.reason ?? "failed"
            case (.running, _):
                [view.state, run.job.fraction.map { "\(Int($0 * 100)) %" }, view.timeLeft].compactMap(
                    \.self
                )
                .joined(separator: " · ")
            default: view.state
            }
        let when = run.job.finishedAt.map { " · \(Phrase.ago($0, now: now))" } ?? ""
        return .plain("\(VerificationText.hasUnmetCheck(run.job) ? "⚠️" : run.job.state.sign) ")
            + .bold("\(run.id)")
            + .plain(" · \(run.work.kind.rawValue) · \(detail)\(when)")
    }

    private static func headline(of metrics: TrainMetrics) -> String {
        let headline = MetricsText.headline(metrics)
        return "\(headline.name) \(headline.value)"
    }
}

extension RunFilter {
    fileprivate var title: String {
        switch self {
        case .all: "Runs"
        case .waiting: "Waiting runs"
        case .running: "Running runs"
        case .succeeded: "Successful runs"
        case .failed: "Failed runs"
        case .cancelled: "Cancelled runs"
        }
    }

    /// The words after "No run of this chat".
    fileprivate var verb: String {
        switch self {
        case .all: "exists"
        case .waiting: "is waiting"
        case .running: "is running"
        case .succeeded: "has succeeded"
        case .failed: "has failed"
        case .cancelled: "was cancelled"
        }
    }
}

extension Job.State {
    fileprivate var sign: String {
        switch self {
        case .available, .scheduled, .retryable: "🕒"
        case .running: "⏳"
        case .completed: "✅"
        case .cancelled: "⏹"
        case .discarded: "❌"
        }
    }
}
