/// A file that a person sent to a chat, or whose path a person typed in a terminal.
///
/// The bot may open the file several times.
package struct ChatFile: Codable, Equatable, Sendable {
    /// Telegram's `file_id`, which is useless without the bot's token; in a terminal, the file's path.
    package var id: String
    package var name: String
    /// The media type that the sender states, such as `text/csv`.
    package var type: String?
    /// The size in bytes that the sender states; nil if the sender states none.
    package var size: Int?

    package init(id: String, name: String, type: String? = nil, size: Int? = nil) {
        self.id = id
        self.name = name
        self.type = type
        self.size = size
    }

    /// The largest file that Telegram lets a bot download, in bytes.
    package static let telegramLimit = 20 << 20
}

/// A ``ChatFile`` that was opened.
///
/// The chunks can be read only once.
package struct OpenFile: Sendable {
    /// The size in bytes; nil if it is known only after the last chunk.
    package var size: Int?
    package var chunks: any AsyncSequence<[UInt8], any Error> & Sendable

    package init(size: Int?, chunks: any AsyncSequence<[UInt8], any Error> & Sendable) {
        self.size = size
        self.chunks = chunks
    }
}
