import Contract
import Foundation
import Store
import Telegram

/// The text of a run's timeline.
enum EventsText {
    /// The most entries that a message shows.
    static let limit = 40

    static func timeline(of run: Run, _ events: [RunEvent]) -> Answer {
        let buttons = InlineKeyboard([
            [.action("🔄 Refresh", .run(.refreshEvents, run.id)), .action("📄 Logs", .run(.logs, run.id))]
        ])
        let head = HTMLText.bold("Run \(run.id)") + .plain(" · timeline, in UTC\n")
        guard let first = events.first else {
            return Answer(
                head + "\nThis run has no timeline: an earlier version of the bot ran it.",
                keyboard: buttons
            )
        }
        let day = Moment.dayAndMinute.string(from: first.at)
        let isLong = (events.last?.at.timeIntervalSince(first.at) ?? 0) > 12 * 3_600
        let time = isLong ? Moment.dayAndMinute : Moment.time
        let lines = events.map { "\(time.string(from: $0.at))  \(words(for: $0))" }
        return Answer(
            head + .plain("from \(day)\n") + .block(lines.joined(separator: "\n")),
            keyboard: buttons
        )
    }

    private static func words(for event: RunEvent) -> String {
        let (who, detail) = (
            event.who.map { ShownName.line($0) } ?? "somebody",
            event.detail.map { ": \(ShownName.line($0, limit: 300))" } ?? ""
        )
        return switch event.what {
        case .asked: "\(who) asked for it"
        case .started: "a worker started\(event.detail.map { ", engine \($0)" } ?? "")"
        case .phase: event.detail ?? "next phase"
        case .stopAsked: "\(who) asked to cancel it"
        case .waits: "failed\(detail); will retry"
        case .lost: "the worker was lost; another will start"
        case .succeeded: "succeeded"
        case .cancelled: "cancelled"
        case .failed: "failed\(detail)"
        }
    }
}
