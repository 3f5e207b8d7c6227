package import Contract
package import Foundation
package import Store
package import Telegram

/// The answer to a command, as the outbox stores it.
package struct Answer: Codable, Equatable, Sendable {
    /// A file that the renderer makes from the database when the answer is sent.
    package enum Attachment: Codable, Equatable, Sendable {
        case log(run: RunID)
        /// The posts that were gathered while the chat could not be written to.
        case posts(from: OutboxID, to: OutboxID)
    }

    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var replyTo: MessageID?
    /// The message that this answer replaces.
    ///
    /// If that message is gone, the answer is a new message.
    package var edits: MessageID?
    package var attachment: Attachment?

    package init(_ text: HTMLText, keyboard: InlineKeyboard? = nil, replyTo: MessageID? = nil) {
        self.text = text
        self.keyboard = keyboard
        self.replyTo = replyTo
    }
}

extension NewMessage {
    package static func reply(_ answer: Answer, chat: ChatID, thread: ThreadID? = nil, at now: Date) throws
        -> NewMessage
    {
        let payload = String(decoding: try Wire.encode(answer), as: UTF8.self)
        return NewMessage(.reply(payload: payload), chat: chat, thread: thread, createdAt: now)
    }
}
