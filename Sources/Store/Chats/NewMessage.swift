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
    package var urgency: Int
    package let createdAt: Date

    /// What the message is about.
    package enum Content: Equatable, Sendable {
        /// The answer to a command, encoded in `payload`.
        case reply(payload: String)
        case liveMessage(RunID)
        case ended(RunID)
        case card(JobID)
        case address(TopicID)
        case post(TopicPost)
        case invitation(InvitationID)
    }

    package init(_ content: Content, chat: ChatID, thread: ThreadID? = nil, createdAt: Date) {
        self.chat = chat
        self.thread = thread
        self.content = content
        if case .post = content { urgency = 2 } else { urgency = 0 }
        self.createdAt = createdAt
    }
}

extension NewMessage.Content {
    /// The kind, the subject and the payload of the message's row.
    fileprivate var columns: (kind: OutboxMessage.Kind, subject: Int64?, payload: String?) {
        get throws {
            switch self {
            case .reply(let payload): (.reply, nil, payload)
            case .liveMessage(let run): (.liveMessage, run.rawValue, nil)
            case .ended(let run): (.ended, run.rawValue, nil)
            case .card(let job): (.card, job.rawValue, nil)
            case .address(let topic): (.address, topic.rawValue, nil)
            case .post(let post): (.post, nil, try post.payload)
            case .invitation(let invitation): (.invitation, invitation.rawValue, nil)
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
            message.chat, message.thread, kind.rawValue, subject, payload?.storable, message.urgency,
            Date.distantPast.timeIntervalSince1970, message.createdAt.timeIntervalSince1970,
        ]
        try db.cachedStatement(sql: insert).execute(arguments: values)
        touched.insert(.outbox)
    }

    /// Removes the run's live message from the outbox, unless it was sent before.
    package func removeUnsentLiveMessage(of run: Run) throws {
        guard run.liveMessage == nil else { return }
        let sql = "DELETE FROM outbox WHERE kind = 'anchor' AND state = 'pending' AND subject = ?"
        try db.execute(sql: sql, arguments: [run.id])
    }

    /// Schedules one edit of the run's live message, unless an edit is already waiting.
    ///
    /// If `urgently` is true, the edit is sent before all messages of the chat that are enqueued later.
    package func scheduleLiveMessage(of run: Run, urgently: Bool = false, at now: Date) throws {
        let sql = "SELECT * FROM outbox WHERE kind = 'anchor' AND state = 'pending' AND subject = ?"
        guard var waiting = try OutboxMessage.fetchOne(db, sql: sql, arguments: [run.id]) else {
            var message = NewMessage(
                .liveMessage(run.id),
                chat: run.origin.chat,
                thread: run.origin.thread,
                createdAt: now
            )
            message.urgency = urgently ? 0 : 1
            return try enqueue(message)
        }
        guard urgently else { return }
        (waiting.urgency, waiting.notBefore) = (0, now)
        try save(waiting)
    }
}
