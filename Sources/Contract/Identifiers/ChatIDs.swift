/// Names a chat, as Telegram does: positive for a private chat, negative for a group.
package struct ChatID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The private chat with a person, which has the person's own number.
    package init(private user: UserID) { self.init(rawValue: user.rawValue) }

    /// Whether more than one person may read here.
    package var isGroup: Bool { rawValue < 0 }
}

/// Names a person, as Telegram does.
package struct UserID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// Telegram's own account, for messages that name no sender.
    package static let telegram: UserID = 777_000
}

/// Names a message within its chat.
package struct MessageID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names a topic of a forum within its chat, which the Bot API calls a message thread.
package struct ThreadID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names an update: unique and rising, so that what was handled once is not handled again.
package struct UpdateID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The smallest id that a later update can have.
    package var next: UpdateID { UpdateID(rawValue: rawValue + 1) }
}
