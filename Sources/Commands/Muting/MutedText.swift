import Contract
import Foundation
import Store
import Telegram

/// Texts about the time in which a chat could not be written to.
enum MutedText {
    /// The most topics that are named.
    private static let mostTopics = 8

    /// What was dropped, and what is in the file of posts.
    static func whileMuted(dropped: [MessageCount], gathered: GatheredPosts?) -> HTMLText {
        var text = HTMLText.bold("I could not write here for a while.")
        if !dropped.isEmpty {
            let total = dropped.reduce(0) { $0 + $1.count }
            let isPosts = dropped.allSatisfy { !$0.topic.isEmpty }
            let what = Phrase.count(total, isPosts ? "post" : "message")
            text += .plain(" \(what) \(total == 1 ? "was" : "were") dropped, because only so much is kept: ")
            text += list(dropped) + "."
        }
        if let gathered {
            let total = gathered.counts.reduce(0) { $0 + $1.count }
            text += .plain(" \(Phrase.count(total, "post")) that came meanwhile are in this file: ")
            text += list(gathered.counts) + ". The newest follows."
        }
        return text
    }

    /// The message can never be sent.
    static func refused(_ message: OutboxMessage, because error: any Error) -> Answer {
        let reason = if case ChatError.refused(let reason) = error { reason } else { "\(error)" }
        let what: HTMLText =
            switch (message.kind, message.run) {
            case (.post, _):
                "A post to "
                    + .bold(ShownName.line(TopicPost(payload: message.payload ?? "").topic, limit: 40))
            case (_, let run?): .plain("The end of run \(run); /status \(run) shows it: it")
            default: "A message"
            }
        return Answer(what + .plain(" cannot be shown here. Telegram refuses it: \(reason)"))
    }

    private static func list(_ counts: [MessageCount]) -> HTMLText {
        var text = HTMLText()
        for (index, count) in counts.prefix(mostTopics).enumerated() {
            let times =
                "\(Moment.dayAndMinute.string(from: count.first)) to \(Moment.dayAndMinute.string(from: count.last)) UTC"
            let name = count.topic.isEmpty ? "ends of runs and answers" : count.topic
            text += (index == 0 ? "" : ", ") + .bold(ShownName.line(name, limit: 40))
            text += .plain(" \(Phrase.number(count.count)) (\(times))")
        }
        let rest = counts.count - mostTopics
        return rest > 0 ? text + .plain(" and \(Phrase.count(rest, "topic")) more") : text
    }
}
