package import Contract

/// A person, or a bot.
package struct User: Decodable, Equatable, Sendable {
    package let id: UserID
    package let firstName: String
    package let username: String?
    package let isBot: Bool
}

/// A chat, or the group or channel in whose name a message was sent.
package struct Chat: Decodable, Equatable, Sendable {
    package enum Kind: String, Decodable, Sendable {
        case `private`, group, supergroup, channel
        /// A kind that did not exist when this program was written.
        case other

        package init(from decoder: any Decoder) throws {
            let name = try decoder.singleValueContainer().decode(String.self)
            self = Kind(rawValue: name) ?? .other
        }
    }

    package let id: ChatID
    package let type: Kind
}

/// One person's conversation with a channel, in the channel's direct messages.
package struct DirectMessagesTopic: Decodable, Equatable, Sendable {
    package let topicId: Int64

    package var thread: ThreadID { ThreadID(directTopic: topicId) }
}
