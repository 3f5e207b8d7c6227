package import Contract
package import Foundation
import GRDB

/// A message that the bot owes to a chat.
///
/// Its row says what the message is about, not how it reads: the courier renders the text when it sends it, so that a
/// message that waited is not out of date.
package struct OutboxMessage: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// The answer to a command: `payload` holds all of it.
        case reply
        /// The one live message of the run `subject`: sent first, edited from then on.
        case liveMessage = "anchor"
        /// The message about the end of the run `subject`, sent once.
        case ended
        /// The result of the job `subject`, which belongs to no run: a blob's card, a prediction, a file.
        case card
        /// The address of the topic `subject`. Its secret is drawn when the message is sent, and never stored.
        case address
        /// A post to a topic: `payload` holds it.
        case post = "notification"
        /// The link of the invitation `subject`. Its code is drawn when the message is sent, and never stored.
        case invitation
    }

    package enum State: String, Codable, Sendable {
        case pending
        /// Handed to the chat, whose answer has not come yet.
        case sending
        case sent
        /// Will not be sent any more; `error` says why.
        case failed
    }

    package let id: OutboxID
    package var chatID: ChatID
    package var threadID: ThreadID?
    package var kind: Kind
    /// The id of the run, job, topic or invitation that the message is about, by its kind.
    package var subject: Int64?
    package var payload: String?
    package var state: State
    /// Lower goes first within a chat: 0 answers and ends, 1 progress, 2 posts, of which there may be thousands.
    package var urgency: Int
    package var notBefore: Date
    /// How many sends the chat has refused with a request to try again.
    package var tries: Int
    /// How many sends of unknown fate were repeated.
    package var repeats: Int
    /// How many parts of a long text have been sent.
    package var partsSent: Int
    package var messageID: MessageID?
    package var error: String?
    package var createdAt: Date

    /// How often a send of unknown fate is repeated: once, and once more because the bot may die during the repeat.
    package static let mostRepeats = 2
    /// The `error` of a message that counts as sent although no send of it was answered.
    package static let doubt = "nobody knows whether it arrived"
}

extension OutboxMessage: Record {
    static var databaseTableName: String { "outbox" }
}

extension OutboxMessage {
    /// What the message is about; nil for a row without its subject or payload.
    package var content: NewMessage.Content? {
        switch kind {
        case .reply: payload.map { .reply(payload: $0) }
        case .liveMessage: subject.map { .liveMessage(RunID($0)) }
        case .ended: subject.map { .ended(RunID($0)) }
        case .card: subject.map { .card(JobID($0)) }
        case .address: subject.map { .address(TopicID($0)) }
        case .post: payload.map { .post(TopicPost(payload: $0)) }
        case .invitation: subject.map { .invitation(InvitationID($0)) }
        }
    }

    /// The run that a live message or an end is about; nil for every other kind.
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

    /// How many messages about the end of a run there are: one once it has ended, none before.
    package func endMessageCount(ofRun run: RunID) throws -> Int {
        let sql = "SELECT COUNT(*) FROM outbox WHERE kind = 'ended' AND subject = ?"
        return try Int.fetchOne(db, sql: sql, arguments: [run]) ?? 0
    }

    /// How many messages wait to be sent.
    package func openMessageCount() throws -> Int {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')"
        return try Int.fetchOne(db, sql: sql) ?? 0
    }

    package func save(_ message: OutboxMessage) throws {
        try message.update(db)
        touched.insert(.outbox)
    }

    /// At start, decides about messages whose sending a crash interrupted.
    ///
    /// They are sent again as long as they may be repeated; after that they count as sent. A live message is not sent
    /// again where a newer edit of it waits.
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
