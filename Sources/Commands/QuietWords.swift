import Foundation
import Store
import Telegram

/// Sounds: what is heard, and how to have less of it.
enum QuietWords {
    static func notify(_ run: Int64, isQuiet: Bool) -> Answer {
        let number = HTMLText.bold("Run \(run)")
        return Answer(
            isQuiet ? number + " will end without a sound." : number + " will be heard when it ends."
        )
    }

    static func notifyHow(_ run: Int64, isQuiet: Bool) -> Answer {
        Answer(
            .bold("Run \(run)") + (isQuiet ? " ends without a sound." : " is heard when it ends."),
            keyboard: InlineKeyboard([
                [.action(isQuiet ? "🔔 Let me hear it" : "🔕 Without a sound", .notify(run, isOn: isQuiet))]
            ])
        )
    }

    static func notYours(_ run: Int64) -> Answer {
        Answer("Only the person who started run \(run), or an admin, can say how its end is told.")
    }

    static func muted(until end: Date, now: Date) -> Answer {
        let time = Moment.dayAndMinute.string(from: end)
        return Answer(
            .plain(
                "No sound in this chat for \(Phrase.span(end.timeIntervalSince(now))), until \(time) UTC. "
            )
                + "Everything is still said; only urgent notes are heard.",
            keyboard: InlineKeyboard([[.action("🔔 Unmute", .unmute)]])
        )
    }

    static let loud = Answer(
        "This chat hears how runs end, and what is posted to its addresses; progress makes no sound. "
            + .code("/mute 8h") + " silences it all for a while."
    )
}
