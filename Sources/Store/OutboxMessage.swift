package import Foundation
import GRDB

/// Something that has to be said in a chat, and will be, whatever dies in between.
///
/// A row says what it is about, not how it reads: the text is drawn from the rows when it is sent.
package struct OutboxMessage: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// The answer to a command: `payload` holds it whole.
        case reply
        /// The one live message of the run `subject`: sent first, edited from then on.
        case anchor
        /// The end of the run `subject`, told once.
        case ended
        /// What the look job `subject` found.
        case card
        /// The address of the topic `subject`, whose secret is drawn when it is said: it must not lie in the database.
        case address
        /// A post to a topic: `payload` holds it.
        case notification
        /// The link of the invitation `subject`, whose code is drawn when it is said, as an address' secret is.
        case invitation
    }

    package enum State: String, Codable, Sendable {
        case pending
        /// Handed to the chat, whose answer has not come yet.
        case sending
        case sent
        /// Given up; `error` says why.
        case failed
    }

    package var id: Int64?
    package var chatID: Int64
    package var threadID: Int64?
    package var kind: Kind
    package var subject: Int64?
    package var payload: String?
    package var state: State = .pending
    /// Lower goes first within a chat: 0 what people wait for, 1 progress, 2 posts, of which there may be thousands.
    package var urgency: Int
    package var notBefore: Date
    /// Answers that asked to try again.
    package var tries = 0
    /// Sends of unknown fate that were repeated.
    package var repeats = 0
    /// So often a send of unknown fate is repeated: once, and once more because the bot may die during that one.
    package static let mostRepeats = 2
    /// What stands in `error` of a message that counts as sent although none of its sends was answered.
    package static let doubt = "nobody knows whether it arrived"
    /// How many messages of a text that needs several have arrived.
    package var partsSent = 0
    package var messageID: Int64?
    package var error: String?
    package var createdAt: Date

    package init(
        chatID: Int64,
        threadID: Int64? = nil,
        kind: Kind,
        subject: Int64? = nil,
        payload: String? = nil,
        createdAt: Date
    ) {
        self.chatID = chatID
        self.threadID = threadID
        self.kind = kind
        self.subject = subject
        self.payload = payload
        urgency = kind == .notification ? 2 : 0
        self.notBefore = .distantPast
        self.createdAt = createdAt
    }
}

extension OutboxMessage: Record {
    static var databaseTableName: String { "outbox" }
}

extension Transaction {
    /// Puts the message into the outbox.
    ///
    /// Every post to a topic comes through here, so the statement is written out: it is several times as fast as the
    /// general way.
    package func enqueue(_ message: OutboxMessage) throws {
        let insert = """
            INSERT INTO outbox (chatID, threadID, kind, subject, payload, state, urgency, notBefore, tries, repeats,
            partsSent, messageID, error, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        let values: StatementArguments = [
            message.chatID, message.threadID, message.kind.rawValue, message.subject,
            message.payload?.storable,
            message.state.rawValue, message.urgency, message.notBefore.timeIntervalSince1970, message.tries,
            message.repeats, message.partsSent, message.messageID, message.error,
            message.createdAt.timeIntervalSince1970,
        ]
        try db.cachedStatement(sql: insert).execute(arguments: values)
        touched.insert(.outbox)
    }

    /// Has the live message of `run` drawn anew, once, however often this is called before it is.
    ///
    /// With `urgently`, before anything that is said later.
    package func refreshAnchor(ofRun run: Run, urgently: Bool = false, at now: Date) throws {
        var message = OutboxMessage(
            chatID: run.origin.chat,
            threadID: run.origin.thread,
            kind: .anchor,
            subject: run.id,
            createdAt: now
        )
        message.urgency = urgently ? 0 : 1
        let pending = "kind = 'anchor' AND state = 'pending' AND subject = ?"
        let sql = "SELECT * FROM outbox WHERE \(pending)"
        guard var waiting = try OutboxMessage.fetchOne(db, sql: sql, arguments: [run.id]) else {
            return try enqueue(message)
        }
        guard urgently else { return }
        (waiting.urgency, waiting.notBefore) = (0, now)
        try save(waiting)
    }

    package func outboxMessage(_ id: Int64) throws -> OutboxMessage? {
        try OutboxMessage.fetchOne(db, sql: "SELECT * FROM outbox WHERE id = ?", arguments: [id])
    }

    package func hasPendingAnchor(ofRun run: Int64) throws -> Bool {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = 'anchor' AND state = 'pending' AND subject = ?)"
        return try Bool.fetchOne(db, sql: sql, arguments: [run]) ?? false
    }

    /// How many messages tell the end of a run: one, once it has ended.
    package func endsTold(ofRun run: Int64) throws -> Int {
        let sql = "SELECT COUNT(*) FROM outbox WHERE kind = 'ended' AND subject = ?"
        return try Int.fetchOne(db, sql: sql, arguments: [run]) ?? 0
    }

    package func save(_ message: OutboxMessage) throws {
        try message.update(db)
        touched.insert(.outbox)
    }

    /// Puts messages back whose fate a crash left unknown, as often as they may be repeated; then they count as sent.
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

    /// How many messages wait to be sent.
    package func openMessageCount() throws -> Int {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')"
        return try Int.fetchOne(db, sql: sql) ?? 0
    }

    /// Moves everything of a group to the supergroup that it became.
    package func migrateChat(_ old: Int64, to new: Int64) throws {
        try db.execute(sql: "UPDATE outbox SET chatID = ? WHERE chatID = ?", arguments: [new, old])
        try db.execute(sql: "UPDATE OR IGNORE topic SET chatID = ? WHERE chatID = ?", arguments: [new, old])
        try db.execute(
            sql: "UPDATE OR IGNORE quietChat SET chatID = ? WHERE chatID = ?",
            arguments: [new, old]
        )
        for table in ["run", "job"] {
            try db.execute(
                sql: """
                    UPDATE \(table) SET origin = json_set(origin, '$.chat', ?1)
                    WHERE json_extract(origin, '$.chat') = ?2
                    """,
                arguments: [new, old]
            )
        }
        // Message ids do not survive the move: the live messages are sent anew.
        try db.execute(sql: "UPDATE run SET anchorID = NULL WHERE chatID = ?", arguments: [new])
        touched.insert(.outbox)
    }
}
