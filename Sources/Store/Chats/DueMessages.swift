import Contract
package import Foundation
import GRDB

extension Transaction {
    /// For each chat that is not muted, the next message if it may be sent at `now`.
    ///
    /// The most urgent messages come first. Each chat costs a few look-ups in an index, regardless of the number of its
    /// messages.
    package func dueMessages(now: Date) throws -> [OutboxMessage] {
        try chatsWithOpenMessages().compactMap { try dueMessage(ofChat: $0, now: now) }
            .sorted { ($0.urgency, $0.id) < ($1.urgency, $1.id) }
    }

    /// The chats that are not muted and have open messages.
    ///
    /// The statement finds each chat by one look-up in the index, regardless of how many messages the chat has.
    private func chatsWithOpenMessages() throws -> [ChatID] {
        let sql = """
            WITH RECURSIVE chat(id) AS (
                SELECT MIN(chatID) FROM outbox WHERE state IN ('pending', 'sending')
                UNION ALL
                SELECT (SELECT MIN(chatID) FROM outbox WHERE state IN ('pending', 'sending') AND chatID > chat.id)
                FROM chat WHERE chat.id IS NOT NULL
            )
            SELECT id FROM chat WHERE id IS NOT NULL AND id NOT IN (SELECT chatID FROM mutedChat)
            """
        return try ChatID.fetchAll(db.cachedStatement(sql: sql))
    }

    /// The next message of the chat; nil if no message may be sent now, or if another message is being sent.
    ///
    /// A message of urgency 0 or 2 that must still wait blocks all less urgent messages, and later ones of its urgency.
    /// A message of urgency 1 (an edit of a live message) blocks no other message.
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
        if let reply = try first(where: "urgency = 0") { return reply.notBefore <= now ? reply : nil }
        let progress = try first(where: "urgency = 1 AND notBefore <= ?", [now.timeIntervalSince1970])
        if let progress { return progress }
        return try first(where: "urgency = 2").flatMap { $0.notBefore <= now ? $0 : nil }
    }
}
