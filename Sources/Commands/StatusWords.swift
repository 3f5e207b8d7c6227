import Contract
import Foundation
import Store
import Telegram

/// Lists of runs.
enum StatusWords {
    /// What goes on, and the last that ended.
    static func status(open: [RunAndJob], recent: [RunAndJob], now: Date) -> Answer {
        let ended = recent.filter { $0.job.state.isTerminal }
        guard !open.isEmpty || !ended.isEmpty else { return Words.noRuns }
        let lines = (open.reversed() + ended).map { line($0, now: now) }
        let head = HTMLText.bold(open.isEmpty ? "Nothing is running" : "Running and waiting")
        let buttons = (open + ended).prefix(8).map { InlineButton.action("\($0.number)", .status($0.number)) }
        return Answer(
            lines.reduce(head + "\n") { $0 + "\n" + $1 },
            keyboard: InlineKeyboard([Array(buttons), [.action("🔄 Refresh", .status(nil))]])
        )
    }

    static func runs(_ runs: [RunAndJob], now: Date) -> Answer {
        guard !runs.isEmpty else { return Words.noRuns }
        return Answer(runs.reduce(.bold("Latest runs") + "\n") { $0 + "\n" + line($1, now: now) })
    }

    private static func line(_ run: RunAndJob, now: Date) -> HTMLText {
        let view = RunView(run: run, ahead: 0, now: now)
        let detail: String =
            switch (run.job.state, run.job.outcome) {
            case (.completed, .trained(let result)?): headline(of: result.metrics)
            case (.completed, .built(let image)?): "\(ByteCount(image.size))"
            case (.discarded, _): run.job.failure?.reason ?? "failed"
            case (.running, _):
                view.standing + (run.job.fraction.map { " · \(Int($0 * 100)) %" } ?? "")
            default: view.standing
            }
        let when = run.job.finishedAt.map { " · \(Phrase.ago($0, now: now))" } ?? ""
        return .plain("\(run.job.state.sign) ") + .bold("\(run.number)")
            + .plain(" · \(run.run.work.kind.rawValue) · \(detail)\(when)")
    }

    private static func headline(of metrics: TrainMetrics) -> String {
        let headline = MetricsWords.headline(metrics)
        return "\(headline.name) \(headline.value)"
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

/// Logs as messages.
enum LogWords {
    /// What a block of log lines may have, so that all around it fits too, in characters.
    private static let limit = 3_500

    static func tail(of lines: [LogLine], total: Int, run: Int64) -> Answer {
        let refresh = InlineKeyboard([[.action("🔄 Refresh", .logs(run))]])
        guard !lines.isEmpty else {
            return Answer(.bold("Run \(run)") + " has no log lines yet.", keyboard: refresh)
        }
        var shown: [String] = []
        var size = 0
        for line in lines.reversed() {
            let text = "\(clock.string(from: line.at)) \(line.line)"
            size += text.count + 1
            guard size <= limit || shown.isEmpty else { break }
            shown.insert(String(text.prefix(limit)), at: 0)
        }
        let head =
            HTMLText.bold("Run \(run)") + .plain(" · last \(shown.count) of \(Phrase.count(total, "line"))\n")
        return Answer(head + .block(shown.joined(separator: "\n"), language: "log"), keyboard: refresh)
    }

    private static var clock: DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "HH:mm:ss"
        return formatter
    }
}
