package import Contract
package import Foundation
import GRDB

/// A message that is not in the outbox yet and has no id.
package struct NewMessage: Equatable, Sendable {
    package typealias Kind = OutboxMessage.Kind

    package let chat: ChatID
    package let thread: ThreadID?
    package let content: Content
    /// See ``OutboxMessage/urgency``.
    package var urgency: Urgency
    package let createdAt: Date
    /// The message that a post replaces.
    package var replaces: OutboxID?

    /// What the message is about.
    package enum Content: Equatable, Sendable {
        /// The answer to a command, encoded in `payload`.
        case reply(payload: String)
        case liveMessage(RunID)
        case ended(RunID)
        case card(JobID)
        /// The address of a topic, in place of one that was made at that time; nil: there was none.
        case address(TopicID, replacing: Date? = nil)
        case post(TopicPost)
        case invitation(InvitationID)
    }

    package init(_ content: Content, chat: ChatID, thread: ThreadID? = nil, createdAt: Date) {
        self.chat = chat
        self.thread = thread
        self.content = content
        urgency = content.kind.urgency
        self.createdAt = createdAt
    }
}

extension NewMessage.Content {
    fileprivate var kind: OutboxMessage.Kind {
        switch self {
        case .reply: .reply
        case .liveMessage: .liveMessage
        case .ended: .ended
        case .card: .card
        case .address: .address
        case .post: .post
        case .invitation: .invitation
        }
    }

    /// The kind, the subject and the payload of the message's row.
    fileprivate var columns: (kind: OutboxMessage.Kind, subject: Int64?, payload: String?) {
        get throws {
            switch self {
            case .reply(let payload): (kind, nil, payload)
            case .liveMessage(let run), .ended(let run): (kind, run.rawValue, nil)
            case .card(let job): (kind, job.rawValue, nil)
            case .address(let topic, let former):
                (kind, topic.rawValue, former.map { "\($0.timeIntervalSince1970)" })
            case .post(let post): (kind, nil, try post.payload)
            case .invitation(let invitation): (kind, invitation.rawValue, nil)
            }
        }
    }
}

extension Transaction {
    /// Enqueues the message for the courier.
    ///
    /// The SQL is written by hand, because scripts may send thousands of posts. Encoding a record takes several times
    /// as long.
    package func enqueue(_ message: NewMessage) throws {
        let insert = """
            INSERT INTO outbox (chatID, threadID, kind, subject, payload, state, urgency, notBefore, tries, repeats,
            partsSent, createdAt) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, 0, 0, 0, ?)
            """
        let (kind, subject, payload) = try message.content.columns
        let values: StatementArguments = [
            message.chat, message.thread, kind.rawValue, subject ?? message.replaces?.rawValue,
            payload?.storable, message.urgency.rawValue,
            Date.distantPast.timeIntervalSince1970, message.createdAt.timeIntervalSince1970,
        ]
        try db.cachedStatement(sql: insert).execute(arguments: values)
        touched.insert(.outbox)
        if kind == .reply { wordChanges += 1 }
    }

    /// Enqueues the message, unless the chat waits for an equal answer already.
    ///
    /// A person who says the same thing again and again gets one answer, and others wait less.
    package func enqueueOnce(_ message: NewMessage) throws {
        guard case .reply(let payload) = message.content else { return try enqueue(message) }
        let sql = """
            SELECT EXISTS (SELECT 1 FROM outbox WHERE state IN ('pending', 'sending') AND state = 'pending'
            AND chatID = ? AND urgency = ? AND kind = 'reply' AND partsSent = 0 AND threadID IS ? AND payload = ?)
            """
        let arguments: StatementArguments = [
            message.chat, message.urgency.rawValue, message.thread, payload.storable,
        ]
        if try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) == true { return }
        try enqueue(message)
    }
}
