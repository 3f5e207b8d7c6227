package import Contract
package import Store
package import Telegram

/// An outbox row as it is to appear.
package enum Letter: Equatable, Sendable {
    /// One message after the other.
    case messages([OutgoingMessage])
    /// The live message of a run: sent where `id` is nil, else edited.
    case anchor(run: Int64, id: Int64?, OutgoingMessage)
    /// A message that reads otherwise from now on; sent where it is gone.
    case edit(Int64, OutgoingMessage)
    /// With a picture above it, which is still to be drawn.
    case picture(PictureRequest, name: String, OutgoingMessage)
    /// A file, or what is too long for messages.
    case document([UInt8], name: String, OutgoingMessage)
    /// A file from the disk.
    case file(path: String, name: String, OutgoingMessage)

    /// A text that needs more messages than this goes as a document.
    private static let mostMessages = 5
    /// What of such a text stands below the document, in UTF-16 units.
    private static let captionLength = 200
    /// What may stand below a picture, in UTF-16 units.
    private static let pictureTextLength = 1_024

    /// Cuts `draft` to size: as many messages as its text needs, the buttons under the last; beyond five, a document.
    package init(_ draft: Draft, for message: OutboxMessage) {
        func outgoing(_ text: HTMLText, isFirst: Bool = true, isLast: Bool = true) -> OutgoingMessage {
            OutgoingMessage(
                chat: message.chatID,
                topic: message.threadID,
                replyTo: isFirst ? draft.replyTo : nil,
                text: text,
                keyboard: isLast ? draft.keyboard : nil,
                isSilent: draft.isSilent
            )
        }
        if let file = draft.longFile {
            self = .file(path: file.path, name: file.name, outgoing(draft.text))
            return
        }
        if let file = draft.file {
            self = .document(file.bytes, name: file.name, outgoing(draft.text))
            return
        }
        if let anchor = draft.anchor {
            // It is one message, whatever a worker puts into it.
            let pieces = draft.text.pieces(limit: HTMLText.messageLimit - 2)
            let text = pieces.count > 1 ? pieces[0] + " …" : draft.text
            self = .anchor(run: anchor.run, id: anchor.id, outgoing(text))
            return
        }
        if let picture = draft.picture, draft.text.plain.utf16.count <= Self.pictureTextLength {
            self = .picture(picture, name: "run-\(message.subject ?? 0).png", outgoing(draft.text))
            return
        }
        let pieces = draft.text.pieces()
        if let id = draft.edits, pieces.count == 1 {
            self = .edit(id, outgoing(draft.text))
            return
        }
        guard pieces.count <= Self.mostMessages else {
            let plain = draft.text.plain
            let caption = HTMLText.plain(plain).pieces(limit: Self.captionLength)[0] + " …"
            self = .document(Array(plain.utf8), name: "message.txt", outgoing(caption))
            return
        }
        self = .messages(
            pieces.indices.map {
                outgoing(pieces[$0], isFirst: $0 == 0, isLast: $0 == pieces.count - 1)
            }
        )
    }
}
