package import Contract

/// An update from Telegram, such as a message or a button press.
///
/// Unknown JSON members are ignored, and an unknown kind of update is decoded as ``Content/other``.
package struct Update: Decodable, Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        case message(Message)
        case editedMessage(Message)
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
        case message, editedMessage, callbackQuery, myChatMember
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UpdateID.self, forKey: .id)
        do {
            if let message = try container.decodeIfPresent(Message.self, forKey: .message) {
                content = .message(message)
            } else if let message = try container.decodeIfPresent(Message.self, forKey: .editedMessage) {
                content = .editedMessage(message)
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

/// A change of the bot's own membership in a chat.
package struct ChatMemberUpdated: Decodable, Equatable, Sendable {
    package struct Member: Decodable, Equatable, Sendable {
        package let status: String
        /// Whether the bot is still in the chat; only for the status `restricted`.
        package let isMember: Bool?
        /// Whether the bot may send texts; only for the status `restricted`.
        package let canSendMessages: Bool?
    }

    package let chat: Chat
    package let from: User
    package let newChatMember: Member

    /// Whether the bot may now write in the chat.
    ///
    /// False if it was removed, restricted to reading or, in a private chat, blocked.
    package var isWelcome: Bool {
        switch newChatMember.status {
        case "left", "kicked": false
        case "restricted": newChatMember.isMember != false && newChatMember.canSendMessages != false
        default: true
        }
    }
}
