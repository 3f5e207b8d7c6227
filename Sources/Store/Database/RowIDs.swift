import Contract

/// The id of a topic.
package struct TopicID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The id of an image for virtual machines.
package struct ImageID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The id of an invitation.
package struct InvitationID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The id of a message in the outbox; messages of a chat with the same urgency are sent in the order of their ids.
package struct OutboxID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}
