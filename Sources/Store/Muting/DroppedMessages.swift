package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Drops what chats have beyond the limits, the oldest first, and counts it; returns the chats that have lost
    /// messages.
    ///
    /// Costs a look-up for each chat that cannot be written to, and a walk over at most `posts` entries of an index.
    package func dropExcess(_ limits: KeptLimits, now: Date) throws -> [ChatID] {
        let oldest = now.addingTimeInterval(-86_400 * Double(limits.days))
        var dropped: Set<ChatID> = []
        let muted = try ChatID.fetchAll(db.cachedStatement(sql: "SELECT chatID FROM mutedChat"))
        for chat in muted {
            for urgency in [Urgency.answer, .end, .live, .post]
            where try drop(from: chat, urgency, until: oldest) { dropped.insert(chat) }
            if try dropPosts(beyond: limits.posts, of: chat, .post) { dropped.insert(chat) }
        }
        let holding = "SELECT DISTINCT chatID FROM outbox WHERE state = 'pending' AND urgency = 9"
        for chat in try ChatID.fetchAll(db.cachedStatement(sql: holding)) {
            if try drop(from: chat, .held, until: oldest) { dropped.insert(chat) }
            if try dropPosts(beyond: limits.posts, of: chat, .held) { dropped.insert(chat) }
        }
        return dropped.sorted()
    }

    /// What was dropped of the chat and not told yet; it counts as told from now on.
    package func takeDropped(ofChat chat: ChatID) throws -> [MessageCount] {
        let select = """
            SELECT topic, count, firstAt, lastAt FROM droppedMessage WHERE chatID = ? ORDER BY count DESC, topic
            """
        let counts = try Row.fetchAll(db.cachedStatement(sql: select), arguments: [chat]).map { row in
            MessageCount(
                topic: row[0],
                count: row[1],
                first: Date(timeIntervalSince1970: row[2]),
                last: Date(timeIntervalSince1970: row[3])
            )
        }
        guard !counts.isEmpty else { return [] }
        try db.execute(sql: "DELETE FROM droppedMessage WHERE chatID = ?", arguments: [chat])
        return counts
    }

    /// Counts a message of the chat that is never sent, so that the chat is told.
    package func countDropped(_ message: OutboxMessage) throws {
        let topic = message.kind == .post ? TopicPost(payload: message.payload ?? "").topic : ""
        let sql = """
            INSERT INTO droppedMessage (chatID, topic, count, firstAt, lastAt) VALUES (?1, ?2, 1, ?3, ?3)
            ON CONFLICT (chatID, topic) DO UPDATE SET count = count + 1, firstAt = min(firstAt, excluded.firstAt),
            lastAt = max(lastAt, excluded.lastAt)
            """
        try db.cachedStatement(sql: sql).execute(
            arguments: [message.chatID, topic.storable, message.createdAt.timeIntervalSince1970]
        )
    }

    private func dropPosts(beyond count: Int, of chat: ChatID, _ urgency: Urgency) throws -> Bool {
        let newest = """
            SELECT id FROM outbox WHERE state IN ('pending', 'sending') AND chatID = ? AND urgency = ?
            ORDER BY id DESC LIMIT 1 OFFSET ?
            """
        let arguments: StatementArguments = [chat, urgency.rawValue, count]
        guard let id = try OutboxID.fetchOne(db.cachedStatement(sql: newest), arguments: arguments)
        else { return false }
        return try drop("id <= ? AND kind = 'notification'", id, chat, urgency)
    }

    private func drop(from chat: ChatID, _ urgency: Urgency, until oldest: Date) throws -> Bool {
        // Ids grow with time, so the first message is the oldest.
        let first = """
            SELECT createdAt FROM outbox WHERE state IN ('pending', 'sending') AND chatID = ? AND urgency = ?
            ORDER BY id LIMIT 1
            """
        let arguments: StatementArguments = [chat, urgency.rawValue]
        let time = try Double.fetchOne(db.cachedStatement(sql: first), arguments: arguments)
        guard let time, time < oldest.timeIntervalSince1970 else { return false }
        return try drop("createdAt < ?", oldest.timeIntervalSince1970, chat, urgency)
    }

    /// Drops the messages for which `condition` holds with `value`.
    ///
    /// Posts are deleted, because scripts may send many. Live messages are not counted: nothing is lost with them.
    private func drop(
        _ condition: String,
        _ value: any DatabaseValueConvertible,
        _ chat: ChatID,
        _ urgency: Urgency
    ) throws -> Bool {
        let select = """
            SELECT * FROM outbox WHERE state IN ('pending', 'sending') AND chatID = ? AND urgency = ?
            AND state = 'pending' AND \(condition) ORDER BY id
            """
        let rows = try OutboxMessage.fetchCursor(
            db.cachedStatement(sql: select),
            arguments: [chat, urgency.rawValue, value]
        )
        var dropped: [OutboxID] = []
        while let message = try rows.next() {
            dropped.append(message.id)
            if message.kind != .liveMessage { try countDropped(message) }
        }
        for id in dropped {
            try db.cachedStatement(
                sql: "DELETE FROM outbox WHERE id = ? AND kind IN ('notification', 'anchor')"
            )
            .execute(arguments: [id])
            try db.cachedStatement(sql: "UPDATE outbox SET state = 'failed', error = ? WHERE id = ?")
                .execute(arguments: [OutboxMessage.tooOld, id])
        }
        return !dropped.isEmpty
    }
}

extension OutboxMessage {
    /// The `error` of a message that was kept for its chat as long as messages are kept.
    package static let tooOld = "its chat could not be written to for too long"
}
