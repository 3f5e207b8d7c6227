import Contract
package import Foundation
import Jobs
package import Store
package import Telegram

/// An outbox row as it is to appear: drawn from the rows at the moment when it is sent.
package enum Letter: Equatable, Sendable {
    /// One message after the other.
    case messages([OutgoingMessage])
    /// The live message of a run: sent where `id` is nil, else edited.
    case anchor(run: Int64, id: Int64?, OutgoingMessage)
    /// Too long for messages.
    case document([UInt8], name: String, OutgoingMessage)
    /// There is nothing to say any more.
    case nothing

    /// A text that needs more messages than this goes as a document.
    private static let mostMessages = 5
}

extension Letter {
    /// Draws `message`; for an address this draws its secret too, and keeps the hash.
    package static func draw(
        _ message: OutboxMessage,
        in transaction: Transaction,
        policy: ChatPolicy,
        now: Date
    ) throws -> Letter {
        switch message.kind {
        case .reply:
            let answer = try Wire.decode(Answer.self, from: Array((message.payload ?? "").utf8))
            return letter(message, answer.text, answer.keyboard, replyTo: answer.replyTo)
        case .anchor:
            guard let id = message.subject, let run = try transaction.run(id) else { return .nothing }
            let view = RunView(run: run, ahead: try transaction.jobsAhead(of: run.job), now: now)
            var outgoing = outgoing(message, view.text, view.keyboard, replyTo: run.run.origin.message)
            outgoing.isSilent = true
            return .anchor(run: id, id: run.run.anchorID, outgoing)
        case .ended:
            guard let id = message.subject, let run = try transaction.run(id) else { return .nothing }
            let view = EndView(run: run, policy: policy)
            return letter(message, view.text, view.keyboard, replyTo: run.run.origin.message)
        case .card:
            guard let id = message.subject, let job = try transaction.job(id) else { return .nothing }
            let view = CardView(job: job, policy: policy)
            return letter(message, view.text, view.keyboard, replyTo: job.origin.message)
        case .address:
            guard let id = message.subject, let topic = try transaction.topic(id) else { return .nothing }
            let secret = Secret.random()
            try transaction.setSecretHash(secret.hash, ofTopic: id)
            return letter(message, TopicWords.address(of: topic, secret: secret.text, policy: policy), nil)
        case .notification:
            let post = Store.Notification(payload: message.payload ?? "")
            let keyboard = TopicWords.buttons(for: post, policy: policy)
            return letter(message, TopicWords.notification(post), keyboard)
        }
    }

    /// As many messages as the text needs, the buttons under the last; beyond five, a document.
    private static func letter(
        _ message: OutboxMessage,
        _ text: HTMLText,
        _ keyboard: InlineKeyboard?,
        replyTo: Int64? = nil
    ) -> Letter {
        let pieces = text.pieces()
        guard pieces.count <= mostMessages else {
            let caption = HTMLText.plain(String(text.plain.prefix(200)) + " …")
            return .document(
                Array(text.plain.utf8),
                name: "message.txt",
                outgoing(message, caption, nil, replyTo: replyTo)
            )
        }
        return .messages(
            pieces.indices.map { index in
                outgoing(
                    message,
                    pieces[index],
                    index == pieces.count - 1 ? keyboard : nil,
                    replyTo: index == 0 ? replyTo : nil
                )
            }
        )
    }

    private static func outgoing(
        _ message: OutboxMessage,
        _ text: HTMLText,
        _ keyboard: InlineKeyboard?,
        replyTo: Int64?
    ) -> OutgoingMessage {
        OutgoingMessage(
            chat: message.chatID,
            topic: message.threadID,
            replyTo: replyTo,
            text: text,
            keyboard: keyboard
        )
    }
}
