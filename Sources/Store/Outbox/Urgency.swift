/// Which message of a chat is sent first: the one with the lowest value.
package enum Urgency: Int, Codable, Comparable, Sendable {
    /// Answers to what people say.
    case answer = -1
    /// Ends of runs, cards, and other results that people wait for.
    case end = 0
    /// Live messages: a message or an edit of it that waits blocks no other message.
    case live = 1
    /// Posts.
    case post = 2
    /// Messages that were refused, and are tried again after growing waits. They block no other message.
    case held = 9

    package static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
}

extension OutboxMessage.Kind {
    /// The urgency of messages of this kind, unless something else is known of them.
    var urgency: Urgency {
        switch self {
        case .reply, .address, .invitation: .answer
        case .ended, .card: .end
        case .liveMessage: .live
        case .post: .post
        }
    }
}
