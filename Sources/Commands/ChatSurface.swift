package import Telegram

/// Where messages appear: Telegram, or a terminal.
package protocol ChatSurface: Sendable {
    /// Sends a message and returns its id.
    ///
    /// - Throws: ``ChatError``.
    func send(_ message: OutgoingMessage) async throws -> Int64
    /// Makes the message `id` read otherwise.
    func edit(_ id: Int64, to message: OutgoingMessage) async throws
    /// Sends a file with a short text; returns the message's id.
    func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> Int64
    /// Sends the file at `path` as one called `name`, with a short text; returns the message's id.
    func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> Int64
    /// Sends a picture (a PNG file) called `name`, with a short text; returns the message's id.
    func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> Int64
    /// Tells whoever pressed a button that it was heard.
    func acknowledge(_ toast: Toast) async throws
    /// How often messages may be sent and edited.
    var limits: SendLimits { get }
}

/// Why a message did not appear, by what is to be done.
package enum ChatError: Error, Equatable {
    /// Wait, with everything for this chat.
    case wait(Duration)
    /// The chat has another id now.
    case moved(to: Int64)
    /// The message to edit is gone: send it anew.
    case gone
    /// The chat does not want the bot.
    case unwelcome(String)
    /// Not delivered: try again.
    case tryLater(String)
    /// It may have been delivered.
    case unknownFate(String)
    /// Refused for good.
    case refused(String)
}
