package import Contract
package import Foundation

/// A message of a person, or a note of Telegram about the chat.
package struct Message: Decodable, Equatable, Sendable {
    package let messageId: MessageID
    package let messageThreadId: ThreadID?
    package let isTopicMessage: Bool?
    package let directMessagesTopic: DirectMessagesTopic?
    package let date: Int64?
    package let from: User?
    /// The group or channel in whose name the message was sent.
    package let senderChat: Chat?
    /// Whether Telegram forwarded a post of the group's channel into the group.
    package let isAutomaticForward: Bool?
    package let chat: Chat
    package let text: String?
    package let entities: [MessageEntity]?
    package let caption: String?
    package let captionEntities: [MessageEntity]?
    package let document: Document?
    /// What messages that were sent as one album have in common.
    package let mediaGroupId: String?
    package let replyToMessage: Original?
    package let migrateToChatId: ChatID?
    package let richMessage: RichMessage?
    package let replyMarkup: Buttons?
    /// What the message holds beside text and documents; nil for notes about the chat.
    package let attachment: MessageAttachment?

    private enum CodingKeys: String, CodingKey {
        case messageId, messageThreadId, isTopicMessage, directMessagesTopic, date, from, senderChat
        case isAutomaticForward, chat, text, entities, caption, captionEntities, document, mediaGroupId
        case replyToMessage, migrateToChatId, richMessage, replyMarkup
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        messageId = try members.decode(MessageID.self, forKey: .messageId)
        messageThreadId = try members.decodeIfPresent(ThreadID.self, forKey: .messageThreadId)
        isTopicMessage = try members.decodeIfPresent(Bool.self, forKey: .isTopicMessage)
        directMessagesTopic = try members.decodeIfPresent(
            DirectMessagesTopic.self,
            forKey: .directMessagesTopic
        )
        date = try members.decodeIfPresent(Int64.self, forKey: .date)
        from = try members.decodeIfPresent(User.self, forKey: .from)
        senderChat = try members.decodeIfPresent(Chat.self, forKey: .senderChat)
        isAutomaticForward = try members.decodeIfPresent(Bool.self, forKey: .isAutomaticForward)
        chat = try members.decode(Chat.self, forKey: .chat)
        text = try members.decodeIfPresent(String.self, forKey: .text)
        caption = try members.decodeIfPresent(String.self, forKey: .caption)
        document = try members.decodeIfPresent(Document.self, forKey: .document)
        mediaGroupId = try members.decodeIfPresent(String.self, forKey: .mediaGroupId)
        replyToMessage = try members.decodeIfPresent(Original.self, forKey: .replyToMessage)
        migrateToChatId = try members.decodeIfPresent(ChatID.self, forKey: .migrateToChatId)
        // These only add to the text: a form that they get later must not cost the message.
        entities = try? members.decodeIfPresent([MessageEntity].self, forKey: .entities)
        captionEntities = try? members.decodeIfPresent([MessageEntity].self, forKey: .captionEntities)
        richMessage = try? members.decodeIfPresent(RichMessage.self, forKey: .richMessage)
        replyMarkup = try? members.decodeIfPresent(Buttons.self, forKey: .replyMarkup)
        attachment = try MessageAttachment(in: decoder)
    }

    /// The forum topic of this message, or the person's conversation in a channel's direct messages.
    ///
    /// If `isTopicMessage` is not true, `messageThreadId` belongs to a thread of replies, not to a forum topic.
    package var topic: ThreadID? {
        directMessagesTopic?.thread ?? (isTopicMessage == true ? messageThreadId : nil)
    }

    package var sentAt: Date? { date.map { Date(timeIntervalSince1970: TimeInterval($0)) } }
}

/// A file that was sent as a document, not as a photo, video or audio.
package struct Document: Decodable, Equatable, Sendable {
    package let fileId: String
    package let fileName: String?
    package let mimeType: String?
    package let fileSize: Int?
}

/// The message to which another message replies.
package struct Original: Decodable, Equatable, Sendable {
    package let messageId: MessageID
    package let from: User?
}

/// The buttons below a message that another bot sent and a person passed on.
package struct Buttons: Decodable, Equatable, Sendable {
    package struct Button: Decodable, Equatable, Sendable {
        package let url: String?
    }

    package let inlineKeyboard: [[Button]]?
}

extension Update {
    /// Whether the update is about a message of an album.
    package var isOfAlbum: Bool {
        switch content {
        case .message(let message), .editedMessage(let message): message.mediaGroupId != nil
        case .callbackQuery, .myChatMember, .other, .unreadable: false
        }
    }
}
