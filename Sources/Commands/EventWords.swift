import Contract
import Foundation
import Store
import Telegram

/// The timeline of a run: what happened when, and who did it.
enum EventWords {
    /// How many entries a message has.
    static let limit = 40

    static func timeline(of run: RunAndJob, _ events: [RunEvent]) -> Answer {
        let buttons = InlineKeyboard([
            [.action("🔄 Refresh", .refreshEvents(run.number)), .action("📄 Logs", .logs(run.number))]
        ])
        let head = HTMLText.bold("Run \(run.number)") + .plain(" · what happened, in UTC\n")
        guard let first = events.first else {
            return Answer(
                head + "\nNothing is known of it: it began before I kept timelines.",
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
        let (who, detail) = (event.who ?? "somebody", event.detail.map { ": \($0)" } ?? "")
        return switch event.what {
        case .asked: "\(who) asked for it"
        case .started: "a worker took it up\(event.detail.map { ", engine \($0)" } ?? "")"
        case .phase: event.detail ?? "the next phase"
        case .stopAsked: "\(who) asked to stop it"
        case .waits: "failed, is tried again\(detail)"
        case .lost: "the worker was lost; another one will go on"
        case .succeeded: "succeeded"
        case .cancelled: "cancelled"
        case .failed: "failed\(detail)"
        }
    }
}
