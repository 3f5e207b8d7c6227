/// The secret that makes a bot this bot; it never shows itself in a description.
package struct BotToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    let text: String

    /// Takes what BotFather gave out: digits, a colon, and letters, digits, - or _.
    ///
    /// - Throws: ``TelegramError/malformedToken`` for what Telegram would refuse unread.
    package init(_ text: String) throws(TelegramError) {
        guard text.count <= 80, text.wholeMatch(of: /[1-9]\d*:[A-Za-z0-9_\-]+/) != nil else {
            throw .malformedToken
        }
        self.text = text
    }

    package var description: String { "<bot token>" }
    package var debugDescription: String { description }
}
