import Contract
import Foundation
import Jobs
import Store
import Telegram

/// Decides which messages the bot listens to, and which of the others get a word of why not.
extension CommandHandler {
    /// How long the bot does not repeat the same remark in a chat, in seconds.
    private static let remarkPause: TimeInterval = 600

    /// Whether to handle a message with this text, which the parser has read; nil: as a wrong command.
    ///
    /// Answers strangers in groups and people behind a mask only if they address the bot.
    func listens(to text: String?, _ reading: CommandParser.Reading?, isKnown: Bool) throws -> Bool {
        if let mask = update.mask {
            if reading != .foreign, isKnown || isNamed(in: text) { try reply(RefusalText.masked(mask)) }
            return false
        }
        guard access.role == nil, !update.isPrivate else { return true }
        guard reading != .foreign, isNamed(in: text) else { return false }
        // A stranger may bring an invitation.
        if case .command(.start(code: .some)) = reading { return true }
        if try isNews("stranger \(update.user)") { try reply(strangerDenial) }
        return false
    }

    /// Whether a file or text with these words is for the bot.
    ///
    /// In a group, people also write and send files to each other.
    func isAddressed(_ text: String?) -> Bool {
        let words = Self.words(of: text ?? "")
        return update.isPrivate || isNamed(in: text) || words.first?.hasPrefix("/") == true
    }

    /// Whether the person replies to the bot, or mentions its username.
    private func isNamed(in text: String?) -> Bool {
        if update.isPrivate || update.mentionsBot { return true }
        guard let name = policy.botName?.lowercased() else { return false }
        if update.repliesTo?.author?.lowercased() == name { return true }
        return Self.words(of: text ?? "").contains { $0.hasSuffix("@\(name)") }
    }

    private static func words(of text: String) -> [Substring] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || "_@/".contains($0)) }
    }

    /// Whether the remark was not made in this chat for a while; records that it is made now.
    func isNews(_ remark: String) throws -> Bool {
        try transaction.maySay(remark, in: update.chat, pause: Self.remarkPause, at: now)
    }

    /// Says what the bot takes instead of a sticker and the like: once for several of a kind.
    func answer(_ attachment: MessageAttachment, caption: String?) throws {
        let isFile = [.photo, .video, .sound].contains(attachment)
        guard !update.isEdit, update.isPrivate || isFile && isAddressed(caption) else { return }
        let isStranger = access.role == nil
        guard try isNews(isStranger ? "stranger \(update.user)" : "no \(attachment.rawValue)") else { return }
        try reply(isStranger ? strangerDenial : FilesText.refused(attachment))
    }
}
