/// A file that somebody sent to a chat, or named in a terminal: where the bot finds its bytes again at any time.
package struct ChatFile: Codable, Equatable, Sendable {
    /// Telegram's `file_id`, which opens nothing without the bot's token; in a terminal the file's path.
    package var id: String
    package var name: String
    /// As its sender calls it: `text/csv`.
    package var type: String?
    /// In bytes; nil: nobody said.
    package var size: Int?

    package init(id: String, name: String, type: String? = nil, size: Int? = nil) {
        self.id = id
        self.name = name
        self.type = type
        self.size = size
    }

    /// What Telegram lets bots download, in bytes.
    package static let telegramLimit = 20 << 20
}

/// A chat's file, opened: its bytes come once, in order.
package struct OpenFile: Sendable {
    /// In bytes; nil: nobody knows before the end.
    package var size: Int?
    package var chunks: any AsyncSequence<[UInt8], any Error> & Sendable

    package init(size: Int?, chunks: any AsyncSequence<[UInt8], any Error> & Sendable) {
        self.size = size
        self.chunks = chunks
    }
}

/// What a worker wrote for a chat, whose bytes it has handed to the bot.
package struct AnswerFile: Codable, Equatable, Sendable {
    package var name: String
    /// In bytes.
    package var size: Int

    /// What Telegram lets bots send, in bytes.
    package static let limit = 50 << 20

    package init(name: String, size: Int) {
        self.name = name
        self.size = size
    }
}
