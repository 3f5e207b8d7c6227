package import Contract
package import Foundation
import GRDB

/// A row of the outbox: a message to a chat.
///
/// The row of an answer or of a post has the whole text. Any other row has only the subject of the message: the courier
/// renders the text when it sends the message, so that the text is up to date even if the message had to wait.
package struct OutboxMessage: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// The answer to a command, encoded in `payload`.
        case reply
        /// The live message of the run `subject`: sent once, then edited when the run changes.
        case liveMessage = "anchor"
        /// The message about the end of the run `subject`, sent once.
        case ended
        /// The result of the job `subject`, a job without a run: a blob's card, a prediction or a file.
        case card
        /// The secret URL of the topic `subject`.
        ///
        /// The courier makes the secret when it sends the message.
        case address
        /// A post to a topic, encoded in `payload`.
        case post = "notification"
        /// The link of the invitation `subject`.
        ///
        /// The courier makes the link's code when it sends the message.
        case invitation
    }

    package enum State: String, Codable, Sendable {
        case pending
        /// The courier is sending the message, and does not know the result yet.
        case sending
        case sent
        /// The message will not be sent again, for the reason in `error`.
        case failed
    }

    package let id: OutboxID
    package var chatID: ChatID
    package var threadID: ThreadID?
    package var kind: Kind
    /// The id of the run, job, topic or invitation that the message is about, depending on `kind`; for a post, the
    /// id of the row that it replaces.
    package var subject: Int64?
    package var payload: String?
    package var state: State
    /// Within a chat, lower values are sent first.
    package var urgency: Urgency
    package var notBefore: Date
    /// How many sends failed in a way that may pass, such as a refused connection or a refusal of Telegram.
    package var tries: Int
    /// How many times the message was sent again because the outcome of a send was unknown.
    package var repeats: Int
    /// How many parts of a long text have been sent.
    package var partsSent: Int
    package var messageID: MessageID?
    package var error: String?
    package var createdAt: Date

    /// The largest value of `repeats` for a message that is not a live message.
    ///
    /// It is 2, not 1, because the bot may crash during the first repeat.
    package static let mostRepeats = 2
    /// The `error` of a message that was marked as sent although the outcome of its last send is unknown.
    package static let doubt = "nobody knows whether it arrived"
}

extension OutboxMessage: Record {
    static var databaseTableName: String { "outbox" }
}

extension OutboxMessage {
    /// What the message is about; nil if the row lacks the subject or payload that its kind needs.
    package var content: NewMessage.Content? {
        switch kind {
        case .reply: payload.map { .reply(payload: $0) }
        case .liveMessage: subject.map { .liveMessage(RunID($0)) }
        case .ended: subject.map { .ended(RunID($0)) }
        case .card: subject.map { .card(JobID($0)) }
        case .address:
            subject.map {
                .address(
                    TopicID($0),
                    replacing: payload.flatMap(Double.init).map { Date(timeIntervalSince1970: $0) }
                )
            }
        case .post: payload.map { .post(TopicPost(payload: $0)) }
        case .invitation: subject.map { .invitation(InvitationID($0)) }
        }
    }

    /// The run of a message of the kinds `liveMessage` and `ended`; nil for every other kind.
    package var run: RunID? {
        switch content {
        case .liveMessage(let run), .ended(let run): run
        case .reply, .card, .address, .post, .invitation, nil: nil
        }
    }
}

extension Transaction {
    package func outboxMessage(_ id: OutboxID) throws -> OutboxMessage? {
        try OutboxMessage.fetchOne(db, sql: "SELECT * FROM outbox WHERE id = ?", arguments: [id])
    }

    package func hasPendingLiveMessage(ofRun run: RunID) throws -> Bool {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = 'anchor' AND state = 'pending' AND subject = ?)"
        return try Bool.fetchOne(db, sql: sql, arguments: [run]) ?? false
    }

    /// Makes the message about the end of a run an answer, because a person has just asked for that end.
    package func answerWithEnd(ofRun run: RunID) throws {
        let sql = "UPDATE outbox SET urgency = ? WHERE kind = 'ended' AND subject = ? AND state = 'pending'"
        try db.execute(sql: sql, arguments: [Urgency.answer.rawValue, run])
    }

    /// The number of messages in the outbox about the end of a run: 0 or 1.
    package func endMessageCount(ofRun run: RunID) throws -> Int {
        let sql = "SELECT COUNT(*) FROM outbox WHERE kind = 'ended' AND subject = ?"
        return try Int.fetchOne(db, sql: sql, arguments: [run]) ?? 0
    }

    /// The number of messages that wait to be sent or are being sent.
    package func openMessageCount() throws -> Int {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')"
        return try Int.fetchOne(db, sql: sql) ?? 0
    }

    package func save(_ message: OutboxMessage) throws {
        try message.update(db)
        touched.insert(.outbox)
    }

    /// At start, decides about messages that were being sent when the bot last ended.
    ///
    /// A live message is sent again, unless a newer edit of it is waiting. Any other message is sent again if it was
    /// repeated fewer than ``OutboxMessage/mostRepeats`` times; otherwise it is marked as sent.
    package func recoverSending() throws {
        let newer = """
            kind = 'anchor' AND EXISTS (SELECT 1 FROM outbox AS newer WHERE newer.kind = 'anchor'
            AND newer.state = 'pending' AND newer.subject = outbox.subject)
            """
        try db.execute(sql: "UPDATE outbox SET state = 'sent' WHERE state = 'sending' AND \(newer)")
        let again = """
            UPDATE outbox SET repeats = repeats + 1, state = 'pending'
            WHERE state = 'sending' AND (kind = 'anchor' OR repeats < ?)
            """
        try db.execute(sql: again, arguments: [OutboxMessage.mostRepeats])
        let doubtful = "UPDATE outbox SET state = 'sent', error = ? WHERE state = 'sending'"
        try db.execute(sql: doubtful, arguments: [OutboxMessage.doubt])
        touched.insert(.outbox)
    }
}
