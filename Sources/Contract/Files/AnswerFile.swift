/// A file that a worker made or fetched for a chat, and uploaded to the bot.
package struct AnswerFile: Codable, Equatable, Sendable {
    package var name: String
    /// In bytes.
    package var size: Int

    /// The largest file that Telegram lets a bot send, in bytes.
    package static let limit = 50 << 20

    package init(name: String, size: Int) {
        self.name = name
        self.size = size
    }
}
