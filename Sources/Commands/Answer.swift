import Contract
import Foundation
import Store
package import Telegram

/// What the bot answers to a command, whole, as it waits in the outbox.
package struct Answer: Codable, Equatable, Sendable {
    /// A file that is made of the rows when the answer is sent.
    package enum Attachment: Codable, Equatable, Sendable {
        case log(run: Int64)
    }

    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var replyTo: Int64?
    /// The message that is to read like this from now on; a new one where it is gone.
    package var edits: Int64?
    package var attachment: Attachment?

    package init(_ text: HTMLText, keyboard: InlineKeyboard? = nil, replyTo: Int64? = nil) {
        self.text = text
        self.keyboard = keyboard
        self.replyTo = replyTo
    }
}

extension OutboxMessage {
    /// `answer` as it lies in the outbox.
    static func reply(_ answer: Answer, chat: Int64, thread: Int64? = nil, at now: Date) throws
        -> OutboxMessage
    {
        let payload = String(decoding: try Wire.encode(answer), as: UTF8.self)
        return OutboxMessage(chatID: chat, threadID: thread, kind: .reply, payload: payload, createdAt: now)
    }
}
