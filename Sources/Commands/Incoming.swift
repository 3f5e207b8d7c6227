package import Contract

/// Something that a person did in a chat, whichever chat it is.
package struct Incoming: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        case text(String)
        /// A file, and what was written below it.
        case file(ChatFile, caption: String?)
        /// A pressed button: what it carries, and the name under which it is to be acknowledged.
        case tap(data: String, query: String)
        /// The bot may write here from now on, or not.
        case welcome(Bool)
        /// The group has another id now.
        case migrated(to: Int64)
    }

    /// Unique and rising: what was handled once is not handled again.
    package var id: Int64
    package var chat: Int64
    package var isPrivate: Bool
    package var topic: Int64?
    package var message: Int64?
    /// The message that this one answers.
    package var answered: Answered?
    package var user: Int64
    package var userName: String
    package var content: Content

    /// A message that somebody answers: its id, and who wrote it.
    package struct Answered: Equatable, Sendable {
        package var message: Int64
        package var author: String?

        package init(message: Int64, author: String?) {
            (self.message, self.author) = (message, author)
        }
    }

    package init(
        id: Int64,
        chat: Int64,
        isPrivate: Bool,
        topic: Int64? = nil,
        message: Int64? = nil,
        answered: Answered? = nil,
        user: Int64,
        userName: String,
        content: Content
    ) {
        self.id = id
        self.chat = chat
        self.isPrivate = isPrivate
        self.topic = topic
        self.message = message
        self.answered = answered
        self.user = user
        self.userName = userName
        self.content = content
    }
}

/// A short word to whoever pressed a button.
package struct Toast: Equatable, Sendable {
    package var query: String
    package var text: String?
    /// Whether it must be closed by hand.
    package var isAlert = false

    package init(query: String, text: String? = nil, isAlert: Bool = false) {
        (self.query, self.text, self.isAlert) = (query, text, isAlert)
    }
}
