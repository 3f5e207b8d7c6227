package import Contract

/// An update from Telegram, such as a message or a button press.
///
/// Unknown JSON members are ignored, and an unknown kind of update is decoded as ``Content/other``.
package struct Update: Decodable, Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        case message(Message)
        case callbackQuery(CallbackQuery)
        case myChatMember(ChatMemberUpdated)
        /// A kind of update that the bot does not handle.
        case other
        /// An update of a kind that the bot handles, but with JSON members that cannot be decoded.
        case unreadable(String)
    }

    package let id: UpdateID
    package let content: Content

    package init(id: UpdateID, content: Content) {
        self.id = id
        self.content = content
    }

    private enum CodingKeys: String, CodingKey {
        case id = "updateId"
        case message, callbackQuery, myChatMember
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UpdateID.self, forKey: .id)
        do {
            if let message = try container.decodeIfPresent(Message.self, forKey: .message) {
                content = .message(message)
            } else if let query = try container.decodeIfPresent(CallbackQuery.self, forKey: .callbackQuery) {
                content = .callbackQuery(query)
            } else if let member = try container.decodeIfPresent(
                ChatMemberUpdated.self,
                forKey: .myChatMember
            ) {
                content = .myChatMember(member)
            } else {
                content = .other
            }
        } catch {
            content = .unreadable("\(error)")
        }
    }
}

package struct User: Decodable, Equatable, Sendable {
    package let id: UserID
    package let firstName: String
    package let username: String?
    package let isBot: Bool
}

package struct Chat: Decodable, Equatable, Sendable {
    package enum Kind: String, Decodable, Sendable {
        case `private`, group, supergroup, channel
    }

    package let id: ChatID
    package let type: Kind
}

package struct Message: Decodable, Equatable, Sendable {
    package let messageId: MessageID
    package let messageThreadId: ThreadID?
    package let isTopicMessage: Bool?
    package let from: User?
    package let chat: Chat
    package let text: String?
    package let caption: String?
    package let document: Document?
    /// A photo in several sizes.
    ///
    /// Of an attachment that is not a document, only the presence matters: the bot reads tables from documents alone.
    package let photo: [Ignored]?
    package let video, audio, voice: Ignored?
    package let replyToMessage: Original?
    package let migrateToChatId: ChatID?

    /// The forum topic of this message.
    ///
    /// If `isTopicMessage` is not true, `messageThreadId` belongs to a thread of replies, not to a forum topic.
    package var topic: ThreadID? { isTopicMessage == true ? messageThreadId : nil }
}

/// A file that was sent as a document, not as a photo, video or audio.
package struct Document: Decodable, Equatable, Sendable {
    package let fileId: String
    package let fileName: String?
    package let mimeType: String?
    package let fileSize: Int?
}

/// A JSON member of which only the presence matters.
package struct Ignored: Decodable, Equatable, Sendable {}

/// The message to which another message replies.
package struct Original: Decodable, Equatable, Sendable {
    package let messageId: MessageID
    package let from: User?
}

package struct CallbackQuery: Decodable, Equatable, Sendable {
    /// The message with the button.
    ///
    /// Telegram leaves out the content of an old message.
    package struct Source: Decodable, Equatable, Sendable {
        package let chat: Chat
        package let messageId: MessageID
        package let messageThreadId: ThreadID?
        package let isTopicMessage: Bool?

        package var topic: ThreadID? { isTopicMessage == true ? messageThreadId : nil }
    }

    package let id: String
    package let from: User
    package let message: Source?
    package let data: String?
}

/// A change of the bot's own membership in a chat.
package struct ChatMemberUpdated: Decodable, Equatable, Sendable {
    package struct Member: Decodable, Equatable, Sendable {
        package let status: String
    }

    package let chat: Chat
    package let from: User
    package let newChatMember: Member

    /// Whether the bot is now in the chat; false if it was removed or, in a private chat, blocked.
    package var isWelcome: Bool { !["left", "kicked"].contains(newChatMember.status) }
}
