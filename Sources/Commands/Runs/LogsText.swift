import Contract
import Foundation
import Store
import Telegram

/// The texts of logs, as messages and as files.
enum LogsText {
    /// The most characters of the log in a message; the head of the message must fit too.
    private static let limit = 3_500

    static func tail(of lines: [LogLine], total: Int, run: RunID) -> Answer {
        let refresh = InlineButton.action("🔄 Refresh", .run(.refreshLogs, run))
        guard !lines.isEmpty else {
            return Answer(
                .bold("Run \(run)") + " has no log lines.",
                keyboard: InlineKeyboard([[refresh]])
            )
        }
        let shown = last(of: lines, limit: limit)
        let head =
            HTMLText.bold("Run \(run)") + .plain(" · last \(shown.count) of \(Phrase.count(total, "line"))\n")
        return Answer(
            head + .block(shown.joined(separator: "\n"), language: "log"),
            keyboard: InlineKeyboard([[refresh, .action("📎 Full log", .run(.fullLog, run))]])
        )
    }

    /// A message with all stored lines of the log as a file.
    ///
    /// The renderer writes the file when the message is sent.
    static func whole(run: RunID, lines: Int) -> Answer {
        var answer = Answer(.bold("Run \(run)") + .plain(" · the whole log, \(Phrase.count(lines, "line"))"))
        answer.attachment = .log(run: run)
        return answer
    }

    /// For a log that is empty or was pruned.
    static func nothing(run: RunID) -> Answer {
        Answer(.bold("Run \(run)") + " has no log lines: it wrote none, or they were deleted after 30 days.")
    }

    static func file(_ lines: [LogLine]) -> String {
        let days = Moment.dayAndTime
        return lines.reduce(into: "") { $0 += "\(days.string(from: $1.at))  \($1.line)\n" }
    }

    /// As many of the last lines as fit into `limit` characters, oldest first.
    ///
    /// If the last line alone is longer, it is cut.
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
