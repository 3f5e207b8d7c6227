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
///
/// It may also stand for one person's conversation with a channel, a topic of the channel's direct messages.
package struct ThreadID: Identifier {
    package let rawValue: Int64

    /// Ids of Telegram have at most 52 significant bits, so larger numbers are free for topics of direct messages.
    private static let directBase: Int64 = 1 << 54

    package init(rawValue: Int64) { self.rawValue = rawValue }

    package init(directTopic id: Int64) {
        rawValue = Self.directBase + min(max(id, -(1 << 53)), 1 << 53)
    }

    /// Telegram's id of the topic of a channel's direct messages; nil for a forum topic.
    package var directTopic: Int64? {
        rawValue < Self.directBase - (1 << 53) ? nil : rawValue - Self.directBase
    }
}

/// Telegram's id of an update; later updates have larger ids.
package struct UpdateID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The smallest id that a later update can have.
    package var next: UpdateID { UpdateID(rawValue: rawValue + 1) }
}
