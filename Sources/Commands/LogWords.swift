import Foundation
import Store
import Telegram

/// Logs as messages and as files.
enum LogWords {
    /// What a block of log lines may have, so that all around it fits too, in characters.
    private static let limit = 3_500

    static func tail(of lines: [LogLine], total: Int, run: Int64) -> Answer {
        let refresh = InlineButton.action("🔄 Refresh", .refreshLogs(run))
        guard !lines.isEmpty else {
            return Answer(
                .bold("Run \(run)") + " has no log lines yet.",
                keyboard: InlineKeyboard([[refresh]])
            )
        }
        let shown = last(of: lines, limit: limit)
        let head =
            HTMLText.bold("Run \(run)") + .plain(" · last \(shown.count) of \(Phrase.count(total, "line"))\n")
        return Answer(
            head + .block(shown.joined(separator: "\n"), language: "log"),
            keyboard: InlineKeyboard([[refresh, .action("📎 Full log", .fullLog(run))]])
        )
    }

    /// The whole log as a file, which is made when it is sent.
    static func whole(run: Int64, lines: Int) -> Answer {
        var answer = Answer(.bold("Run \(run)") + .plain(" · the whole log, \(Phrase.count(lines, "line"))"))
        answer.attachment = .log(run: run)
        return answer
    }

    /// Forgotten by age, or never written.
    static func nothing(run: Int64) -> Answer {
        Answer(.bold("Run \(run)") + " has no log lines: logs are kept for 30 days.")
    }

    static func file(_ lines: [LogLine]) -> String {
        let days = Moment.dayAndTime
        return lines.reduce(into: "") { $0 += "\(days.string(from: $1.at))  \($1.line)\n" }
    }

    /// As many lines from the end as fit into `limit` characters, oldest first; at least one.
    static func last(of lines: [LogLine], limit: Int) -> [String] {
        let clock = Moment.time
        var shown: [String] = []
        var size = 0
        for line in lines.reversed() {
            let text = "\(clock.string(from: line.at)) \(line.line)"
            size += text.count + 1
            guard size <= limit || shown.isEmpty else { break }
            shown.insert(String(text.prefix(limit)), at: 0)
        }
        return shown
    }
}

/// Points in time as people read them: in UTC, because the bot does not know where they are.
enum Moment {
    static var time: DateFormatter { formatter("HH:mm:ss") }
    static var dayAndTime: DateFormatter { formatter("yyyy-MM-dd HH:mm:ss") }
    static var dayAndMinute: DateFormatter { formatter("d MMM HH:mm") }

    private static func formatter(_ format: String) -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = format
        return formatter
    }
}
