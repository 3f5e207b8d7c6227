package import Contract
package import Foundation
package import Telegram

/// An action of a person in a chat, in Telegram or in a terminal.
package struct ChatUpdate: Codable, Equatable, Sendable {
    package enum Content: Codable, Equatable, Sendable {
        case text(String)
        /// A file, and the text below it.
        case file(ChatFile, caption: String?)
        /// Something that the bot cannot read, such as a sticker, and the text below it.
        case attachment(MessageAttachment, caption: String?)
        /// A pressed button: its data, and the id of the query with which the bot acknowledges the press.
        case press(data: String, query: String)
        /// Whether the bot may write in the chat from now on.
        case membership(isMember: Bool)
        /// The group became a supergroup with this id.
        case migrated(to: ChatID)
    }

    package var id: UpdateID
    package var chat: ChatID
    package var isPrivate: Bool
    package var thread: ThreadID?
    package var message: MessageID?
    package var repliesTo: RepliedMessage?
    package var user: UserID
    package var userName: String
    package var content: Content
    /// When the person sent the message; nil if that is not known.
    package var sentAt: Date?
    /// Whether the content replaces what the message held before.
    package var isEdit = false
    /// What the files of one album have in common; nil for a message of its own.
    package var album: String?
    /// In whose name the message was written; nil: in the person's own.
    package var mask: Mask?
    /// Whether the text mentions the bot without its username.
    package var mentionsBot = false

    /// A sender that hides the person who wrote a message.
    package enum Mask: String, Codable, Sendable {
        /// The group, for which an anonymous admin writes.
        case group
        /// A channel of the person.
        case channel
    }

    /// The message that a person replied to, and the username of its author.
    package struct RepliedMessage: Codable, Equatable, Sendable {
        package var message: MessageID
        package var author: String?

        package init(message: MessageID, author: String?) {
            (self.message, self.author) = (message, author)
        }
    }

    package init(
        id: UpdateID,
        chat: ChatID,
        isPrivate: Bool,
        thread: ThreadID? = nil,
        message: MessageID? = nil,
        repliesTo: RepliedMessage? = nil,
        user: UserID,
        userName: String,
        content: Content
    ) {
        self.id = id
        self.chat = chat
        self.isPrivate = isPrivate
        self.thread = thread
        self.message = message
        self.repliesTo = repliesTo
        self.user = user
        self.userName = userName
        self.content = content
    }
}

/// A short text for the person who pressed a button.
package struct Toast: Equatable, Sendable {
    package var query: String
    package var text: String?
    /// Whether the person must close the toast.
    package var isAlert = false

    package init(query: String, text: String? = nil, isAlert: Bool = false) {
        (self.query, self.text, self.isAlert) = (query, text, isAlert)
    }
}
