import Foundation
package import Telegram

/// What the bot answers to a command, whole, as it waits in the outbox.
package struct Answer: Codable, Equatable, Sendable {
    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var replyTo: Int64?

    package init(_ text: HTMLText, keyboard: InlineKeyboard? = nil, replyTo: Int64? = nil) {
        self.text = text
        self.keyboard = keyboard
        self.replyTo = replyTo
    }
}
