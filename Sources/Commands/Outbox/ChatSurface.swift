package import Contract
package import Telegram

/// Shows messages to people: in Telegram or in a terminal.
///
/// Each method throws a ``ChatError`` if the chat service does not accept the message.
package protocol ChatSurface: Sendable {
    /// Sends a message and returns its id.
    func send(_ message: OutgoingMessage) async throws -> MessageID
    /// Replaces the text and buttons of the message `id`.
    func edit(_ id: MessageID, to message: OutgoingMessage) async throws
    /// Replaces the text below the file of the message `id`, and its buttons.
    func edit(captionOf id: MessageID, to message: OutgoingMessage) async throws
    /// Sends a file with a short text; returns the message's id.
    func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID
    /// Sends the file at `path` under `name`, with a short text; returns the message's id.
    func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID
    /// Sends the picture at `path`, or the same as a file if it is not accepted as a picture; returns the message's id.
    func send(photo path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID
    /// Sends a picture (a PNG file) under `name`, with a short text; returns the message's id.
    func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID
    /// Lines of text that stand for a picture, where pictures cannot be seen; empty elsewhere.
    func sketch(of picture: PictureRequest) -> HTMLText
    /// Acknowledges the press of a button.
    func acknowledge(_ toast: Toast) async throws
    /// How often messages may be sent and edited.
    var limits: SendLimits { get }
}

/// A surface that shows no pictures, and makes no difference between texts and the texts of files.
extension ChatSurface {
    package func sketch(of picture: PictureRequest) -> HTMLText { HTMLText() }

    package func edit(captionOf id: MessageID, to message: OutgoingMessage) async throws {
        try await edit(id, to: message)
    }

    package func send(photo path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID
    {
        try await send(file: path, name: name, message)
    }
}
