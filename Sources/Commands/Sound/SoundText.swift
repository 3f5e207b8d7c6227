import Contract
import Foundation
import Store
import Telegram

/// Texts about which messages make a sound.
enum SoundText {
    static func changed(_ run: RunID, isQuiet: Bool) -> Answer {
        let number = HTMLText.bold("Run \(run)")
        return Answer(
            isQuiet ? number + " will end without a sound." : number + " will end with a sound."
        )
    }

    static func setting(of run: RunID, isQuiet: Bool) -> Answer {
        Answer(
            .bold("Run \(run)") + (isQuiet ? " will end without a sound." : " will end with a sound."),
            keyboard: InlineKeyboard([
                [.action(isQuiet ? "🔔 With a sound" : "🔕 Without a sound", .notify(run, isOn: isQuiet))]
            ])
        )
    }

    static func notYours(_ run: RunID) -> Answer {
        Answer("Only the person who started run \(run), or an admin, can change its sound. Ask one of them.")
    }

    static func hasEnded(_ run: RunID) -> Answer {
        Answer("Run \(run) has ended already, so its sound cannot be changed. /status lists the open runs.")
    }

    static func muted(until end: Date, now: Date) -> Answer {
        let time = Moment.dayAndMinute.string(from: end)
        return Answer(
            .plain(
                "This chat is silent for \(Phrase.span(end.timeIntervalSince(now))), until \(time) UTC. "
            )
                + "Messages still come; only answers and urgent posts make a sound.",
            keyboard: InlineKeyboard([[.action("🔔 Unmute", .plain(.unmute))]])
        )
    }

    static let unmuted = Answer(
        "Posts and the ends of runs make a sound in this chat; progress and posts of low priority do not. "
            + .code("/mute 8h") + " makes the chat silent for a while."
    )
}
