package import Contract
package import Telegram

/// The text, buttons and files of a message, rendered from the database when the message is sent.
///
/// A message changes its form several times. A handler writes an ``Answer``. A `NewMessage` adds a row to the outbox.
/// The row of an answer or a post holds its whole content; any other row holds only its subject. The courier claims the
/// row as an `OutboxMessage`. From the row and its subject, the ``Renderer`` makes a ``RenderedMessage``. A ``Delivery`` fits the
/// rendered message to the limits of a chat, as one or several `OutgoingMessage`s. A ``ChatSurface`` sends those.
package struct RenderedMessage: Equatable, Sendable {
    /// The run whose live message this is, and the id of the message to edit; the id is nil before the first send.
    package struct LiveMessage: Equatable, Sendable {
        package var run: RunID
        package var id: MessageID?
    }

    /// A file from memory.
    package struct File: Equatable, Sendable {
        package var name: String
        package var bytes: [UInt8]
    }

    /// A file on the bot's disk, of any length.
    package struct DiskFile: Equatable, Sendable {
        package var name: String
        package var path: String
        /// Whether the file is shown as a picture, if the chat service accepts it as one.
        package var isPicture = false
    }

    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var replyTo: MessageID?
    package var liveMessage: LiveMessage?
    /// The message that this one replaces.
    package var edits: MessageID?
    /// Whether the text to replace is the text below a file.
    package var editsCaption = false
    /// Whether nothing is sent if the message to replace is gone.
    package var onlyEdits = false
    /// A file that is sent with the text below it.
    package var file: File?
    package var diskFile: DiskFile?
    /// A picture that is drawn, and sent with the text below it.
    package var picture: PictureRequest?
    package var isSilent = false
    /// The one person of a group who may see the message; nil: everybody may.
    package var onlyFor: UserID?

    init(
        _ text: HTMLText,
        _ keyboard: InlineKeyboard? = nil,
        replyTo: MessageID? = nil,
        liveMessage: LiveMessage? = nil
    ) {
        self.text = text
        self.keyboard = keyboard
        self.replyTo = replyTo
        self.liveMessage = liveMessage
    }
}
