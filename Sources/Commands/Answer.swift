import Foundation
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
