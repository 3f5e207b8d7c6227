import Contract
package import Foundation
import GRDB

extension Transaction {
    /// For each chat, the next message if it may be sent at `now`; for a muted chat, only when it is to be tried again.
    ///
    /// The most urgent messages come first. Each chat costs a few look-ups in an index, regardless of the number of its
    /// messages.
    package func dueMessages(now: Date) throws -> [OutboxMessage] {
        try chatsWithOpenMessages(now: now).compactMap { try dueMessage(ofChat: $0, now: now) }
            .sorted { ($0.urgency, $0.id) < ($1.urgency, $1.id) }
    }

    /// The chats that have open messages, without muted chats that are not to be tried yet.
    ///
    /// The statement finds each chat by one look-up in the index, regardless of how many messages the chat has.
    private func chatsWithOpenMessages(now: Date) throws -> [ChatID] {
        let sql = """
            WITH RECURSIVE chat(id) AS (
                SELECT MIN(chatID) FROM outbox WHERE state IN ('pending', 'sending')
                UNION ALL
                SELECT (SELECT MIN(chatID) FROM outbox WHERE state IN ('pending', 'sending') AND chatID > chat.id)
                FROM chat WHERE chat.id IS NOT NULL
            )
            SELECT id FROM chat WHERE id IS NOT NULL AND id NOT IN
                (SELECT chatID FROM mutedChat WHERE probeAt > ?)
            """
        return try ChatID.fetchAll(db.cachedStatement(sql: sql), arguments: [now.timeIntervalSince1970])
    }

    /// The next message of the chat; nil if no message may be sent now, or if another message is being sent.
    ///
    /// An answer, an end or a post that must still wait blocks all less urgent messages, and later ones of its urgency.
    /// A live message or a held message blocks no other message.
    private func dueMessage(ofChat chat: ChatID, now: Date) throws -> OutboxMessage? {
        let sending = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND chatID = ?)"
        if try Bool.fetchOne(db.cachedStatement(sql: sending), arguments: [chat]) == true { return nil }
        func first(where condition: String, _ arguments: StatementArguments = []) throws -> OutboxMessage? {
            let sql = """
                SELECT * FROM outbox WHERE state IN ('pending', 'sending') AND chatID = ? AND \(condition)
                ORDER BY id LIMIT 1
                """
            return try OutboxMessage.fetchOne(
                db.cachedStatement(sql: sql),
                arguments: [chat] + arguments
            )
        }
        for urgency in [Urgency.answer, .end] {
            if let next = try first(where: "urgency = \(urgency.rawValue)") {
                return next.notBefore <= now ? next : nil
            }
        }
        let time: StatementArguments = [now.timeIntervalSince1970]
        if let live = try first(where: "urgency = 1 AND notBefore <= ?", time) { return live }
        let held = """
            SELECT * FROM outbox WHERE state = 'pending' AND urgency = 9 AND chatID = ? AND notBefore <= ?
            ORDER BY id LIMIT 1
            """
        if let held = try OutboxMessage.fetchOne(db.cachedStatement(sql: held), arguments: [chat] + time) {
            return held
        }
        return try first(where: "urgency = 2").flatMap { $0.notBefore <= now ? $0 : nil }
    }
}
