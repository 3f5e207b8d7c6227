import Contract

/// Names a topic: a secret address to which scripts post.
package struct TopicID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names an image of a virtual machine.
package struct ImageID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names an invitation.
package struct InvitationID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names a message in the outbox; messages of a chat go out in the order of these numbers.
package struct OutboxID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}
