import Contract
import Foundation
import Store

/// Files that a person sent as one album, below which one caption stands for all.
///
/// Each file arrives as an update of its own. The caption may come with the last one, so files without a caption wait
/// for a moment: a file that is to be predicted must not be stored.
extension CommandHandler {
    /// How long a file waits for the caption of its album, in seconds.
    static let albumWait: TimeInterval = 2

    /// The caption that stands below the album's other file; nil if none came yet.
    func albumCaption(_ album: String) throws -> String? {
        try transaction.caption(ofAlbum: album, in: update.chat, sentAt: update.sentAt ?? now)
    }

    /// Keeps the caption for the files that come later; returns the other files that came before.
    func spread(_ caption: String, overAlbum album: String) throws -> [ChatUpdate] {
        if try update.isEdit || albumCaption(album) == nil {
            let sentAt = update.sentAt ?? now
            try transaction.setCaption(caption, ofAlbum: album, in: update.chat, sentAt: sentAt)
        }
        return try transaction.takeFiles(ofAlbum: album, in: update.chat).compactMap {
            let other = try Wire.decode(ChatUpdate.self, from: Array($0.utf8))
            // A caption that was added by an edit stands below a file that waits itself.
            return other.message == update.message ? nil : other
        }
    }

    /// Keeps the file of this update until a caption comes; `isDue`: at most for ``albumWait``.
    func keepFile(ofAlbum album: String, isDue: Bool) throws {
        let payload = String(decoding: try Wire.encode(update), as: UTF8.self)
        let dueAt = isDue ? now.addingTimeInterval(Self.albumWait) : nil
        try transaction.keep(payload, ofAlbum: album, in: update.chat, until: dueAt, at: now)
    }
}
