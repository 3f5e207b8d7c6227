package import Contract
package import Store
package import Telegram

/// How a rendered message is delivered within the limits of a chat.
package enum Delivery: Equatable, Sendable {
    /// One message after the other.
    case messages([OutgoingMessage])
    /// The live message of a run: sent if `id` is nil, otherwise edited.
    case liveMessage(RunID, id: MessageID?, OutgoingMessage)
    /// An edit of a message, or of the text below a file. If that message does not exist any more, a new message is sent,
    /// unless `only` is true.
    case edit(MessageID, OutgoingMessage, isCaption: Bool = false, only: Bool = false)
    /// A picture, which the painter draws, with the message below it.
    case picture(PictureRequest, name: String, OutgoingMessage)
    /// A file from memory, such as a text that is too long for messages; after the messages with a text that is too long
    /// to be below it.
    case document([UInt8], name: String, after: [OutgoingMessage] = [], OutgoingMessage)
    /// A file on the bot's disk, after the messages with a text that is too long to be below it.
    case file(RenderedMessage.DiskFile, after: [OutgoingMessage] = [], OutgoingMessage)

    /// A text that needs more messages than this is delivered as a document.
    private static let mostMessages = 5
    /// The length of the beginning of the text that is shown below this document, in UTF-16 units.
    private static let captionLength = 200
    /// The longest text below a picture or a file, in UTF-16 units (core.telegram.org/bots/api#sendphoto).
    private static let pictureTextLength = 1_024

    package init(_ rendered: RenderedMessage, for message: OutboxMessage) {
        let parts = Parts(rendered: rendered, row: message)
        self =
            Self.file(parts) ?? Self.liveMessage(parts) ?? Self.picture(parts)
            ?? Self.text(parts, rendered.text.pieces())
    }

    /// The caption and the text of a document as messages, for a chat that takes no files.
    ///
    /// What needs too many messages is left out, and the last one says so. Returns nil for a document that is no text.
    static func texts(of document: [UInt8], below caption: OutgoingMessage) -> [OutgoingMessage]? {
        guard let text = String(validating: document, as: UTF8.self) else { return nil }
        var pieces = HTMLText.plain(text).pieces()
        if pieces.count > mostTexts {
            let rest = pieces[mostTexts...].reduce(0) { $0 + $1.plain.count }
            pieces.removeSubrange(mostTexts...)
            pieces.append(.plain("… (\(Phrase.count(rest, "character")) left out: this chat takes no files)"))
        }
        let texts = pieces.map { piece in
            var message = caption
            (message.text, message.keyboard, message.replyTo) = (piece, nil, nil)
            return message
        }
        return [caption] + texts
    }

    /// The most messages for the text of a document; a group gets 20 messages in a minute.
    private static let mostTexts = 20

    private static func file(_ parts: Parts) -> Delivery? {
        if var file = parts.rendered.diskFile {
            file.name = shown(file.name)
            let (texts, caption) = around(file.name, parts)
            return .file(file, after: texts, caption)
        }
        guard let file = parts.rendered.file else { return nil }
        let name = shown(file.name)
        let (texts, caption) = around(name, parts)
        return .document(file.bytes, name: name, after: texts, caption)
    }

    private static func shown(_ name: String) -> String { ShownName.line(name, limit: 120) }

    /// The messages before a file, whose text is too long to be below it, and the message with the file.
    private static func around(_ name: String, _ parts: Parts) -> ([OutgoingMessage], OutgoingMessage) {
        let text = parts.rendered.text
        guard text.length > pictureTextLength else { return ([], parts.outgoing(text)) }
        let texts = text.pieces().enumerated().map {
            parts.outgoing($0.element, isFirst: $0.offset == 0, isLast: false)
        }
        return (texts, parts.outgoing(.plain("📎 \(name)"), isFirst: false))
    }

    /// A live message is never split: a text that is too long for one message is cut.
    private static func liveMessage(_ parts: Parts) -> Delivery? {
        guard let live = parts.rendered.liveMessage else { return nil }
        let pieces = parts.rendered.text.pieces(limit: HTMLText.messageLimit - 2)
        let text = pieces.count > 1 ? pieces[0] + " …" : parts.rendered.text
        return .liveMessage(live.run, id: live.id, parts.outgoing(text))
    }

    private static func picture(_ parts: Parts) -> Delivery? {
        guard let picture = parts.rendered.picture, let run = parts.row.run,
            parts.rendered.text.length <= pictureTextLength
        else { return nil }
        return .picture(picture, name: "run-\(run).png", parts.outgoing(parts.rendered.text))
    }

    private static func text(_ parts: Parts, _ pieces: [HTMLText]) -> Delivery {
        if let id = parts.rendered.edits, pieces.count == 1 {
            let (isCaption, only) = (parts.rendered.editsCaption, parts.rendered.onlyEdits)
            if !isCaption || parts.rendered.text.length <= pictureTextLength {
                return .edit(id, parts.outgoing(parts.rendered.text), isCaption: isCaption, only: only)
            }
        }
        guard pieces.count <= mostMessages else {
            let plain = parts.rendered.text.plain
            let caption = HTMLText.plain(plain).pieces(limit: captionLength)[0] + " …"
            return .document(Array(plain.utf8), name: "message.txt", parts.outgoing(caption))
        }
        return .messages(
            pieces.indices.map {
                parts.outgoing(pieces[$0], isFirst: $0 == 0, isLast: $0 == pieces.count - 1)
            }
        )
    }
}

/// The rendered message and its row, from which the messages of a delivery are made.
private struct Parts {
    let rendered: RenderedMessage
    let row: OutboxMessage

    /// A message with `text`.
    ///
    /// Only the first message of a delivery is a reply, and only the last one has the buttons.
    func outgoing(_ text: HTMLText, isFirst: Bool = true, isLast: Bool = true) -> OutgoingMessage {
        var message = OutgoingMessage(
            chat: row.chatID,
            topic: row.threadID,
            replyTo: isFirst ? rendered.replyTo : nil,
            text: text,
            keyboard: isLast ? rendered.keyboard : nil,
            isSilent: rendered.isSilent
        )
        message.onlyFor = rendered.onlyFor
        return message
    }
}
