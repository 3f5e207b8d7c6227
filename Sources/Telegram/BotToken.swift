/// The token that authenticates the bot.
///
/// `description` and `debugDescription` do not contain the token.
package struct BotToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    let text: String

    /// Checks the form of a token from BotFather: digits, a colon, then letters, digits, `-` or `_`.
    ///
    /// - Throws: ``TelegramError/malformedToken`` for any other text, and for a text of more than 80 characters.
    package init(_ text: String) throws(TelegramError) {
        guard text.count <= 80, text.wholeMatch(of: /[1-9]\d*:[A-Za-z0-9_\-]+/) != nil else {
            throw .malformedToken
        }
        self.text = text
    }

    /// The bot's id, which is the public part of the token.
    package var bot: String { String(text.prefix { $0 != ":" }) }

    package var description: String { "<bot token>" }
    package var debugDescription: String { description }
}
