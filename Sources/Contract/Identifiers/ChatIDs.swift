/// Telegram's id of a chat: positive for a private chat, negative for a group.
package struct ChatID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The id of the private chat with a person, which is the same number as the person's id.
    package init(private user: UserID) { self.init(rawValue: user.rawValue) }

    /// Whether more than one person may read the chat.
    package var isGroup: Bool { rawValue < 0 }
}

/// Telegram's id of a person.
package struct UserID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// Telegram's own account, for messages that name no sender.
    package static let telegram: UserID = 777_000
}

/// Telegram's id of a message, unique within its chat.
package struct MessageID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Telegram's id of a forum topic, unique within its chat; the Bot API calls it a message thread.
package struct ThreadID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Telegram's id of an update; later updates have larger ids.
package struct UpdateID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The smallest id that a later update can have.
    package var next: UpdateID { UpdateID(rawValue: rawValue + 1) }
}
