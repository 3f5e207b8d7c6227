import Contract

/// The id of a ``Topic``.
package struct TopicID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The id of a ``DelayedPost``.
package struct DelayedPostID: Identifier {
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

/// The id of a message in the outbox.
///
/// Messages of one chat that have the same urgency are sent in the order of their ids. Edits of live messages may
/// overtake each other.
package struct OutboxID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}
