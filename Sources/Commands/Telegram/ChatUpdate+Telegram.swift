import Contract
import Foundation
package import Telegram

extension ChatUpdate {
    /// Nil for an update that the bot does not handle.
    ///
    /// `bot` is the bot's username, without the @.
    package init?(_ update: Update, bot: String? = nil) {
        switch update.content {
        case .message(let message): self.init(update.id, message, bot)
        case .editedMessage(let message):
            self.init(update.id, message, bot)
            isEdit = true
        case .callbackQuery(let query): self.init(update.id, query)
        case .myChatMember(let member):
            self.init(
                id: update.id,
                chat: member.chat.id,
                isPrivate: member.chat.type == .private,
                user: member.from.id,
                userName: member.from.shownName,
                content: .membership(isMember: member.isWelcome)
            )
        case .other, .unreadable: return nil
        }
    }

    private init?(_ id: UpdateID, _ message: Message, _ bot: String?) {
        guard let content = Content(message) else { return nil }
        self.init(
            id: id,
            chat: message.chat.id,
            isPrivate: message.chat.type == .private,
            thread: message.topic,
            message: message.messageId,
            repliesTo: message.replyToMessage.map { .init(message: $0.messageId, author: $0.from?.username) },
            user: message.from?.id ?? .telegram,
            userName: message.from?.shownName ?? "",
            content: content
        )
        sentAt = message.sentAt
        mask = message.mask
        album = message.mediaGroupId
        mentionsBot = bot.map { message.mentions($0) } ?? false
    }

    private init?(_ id: UpdateID, _ query: CallbackQuery) {
        guard let message = query.message, let data = query.data else { return nil }
        self.init(
            id: id,
            chat: message.chat.id,
            isPrivate: message.chat.type == .private,
            thread: message.topic,
            message: message.messageId,
            user: query.from.id,
            userName: query.from.shownName,
            content: .press(data: data, query: query.id)
        )
    }
}

extension ChatUpdate.Content {
    /// Nil for a message that nobody wrote to the bot: a note about the chat, a bot's message, or a channel's post that
    /// Telegram forwarded.
    fileprivate init?(_ message: Message) {
        if let chat = message.migrateToChatId {
            self = .migrated(to: chat)
        } else if !message.isFromPerson {
            return nil
        } else if message.attachment != .animation, let document = message.document {
            self = .file(ChatFile(document), caption: message.caption == nil ? nil : message.words)
        } else if let attachment = message.attachment, message.text == nil, message.richMessage == nil {
            self = .attachment(attachment, caption: message.words)
        } else if let words = message.words {
            self = .text(words)
        } else {
            return nil
        }
    }
}

extension ChatFile {
    fileprivate init(_ document: Document) {
        self.init(
            id: document.fileId,
            name: document.fileName ?? "file",
            type: document.mimeType,
            size: document.fileSize
        )
    }
}

extension Message {
    /// Whether a person wrote the message, perhaps in the name of a group or channel.
    fileprivate var isFromPerson: Bool {
        guard isAutomaticForward != true, let from, from.id != .telegram else { return false }
        return mask != nil || !from.isBot
    }

    fileprivate var mask: ChatUpdate.Mask? {
        guard isAutomaticForward != true else { return nil }
        if let senderChat { return senderChat.id == chat.id ? .group : .channel }
        switch from?.id {
        case .anonymousAdmin?: return .group
        case .channelWriter?: return .channel
        default: return nil
        }
    }
}

extension UserID {
    /// The account that Telegram names as the author of messages of anonymous admins.
    fileprivate static let anonymousAdmin: UserID = 1_087_968_824
    /// The account that Telegram names as the author of messages in the name of a channel.
    fileprivate static let channelWriter: UserID = 136_817_688
}

extension User {
    fileprivate var shownName: String { ShownName.line(firstName, nameless: username ?? "nameless") }
}
