import Contract
package import Foundation
import GRDB

extension Transaction {
    /// The next message of each chat, if it may be sent at `now`; the most urgent message first.
    ///
    /// Within a chat, messages of the same urgency keep their order. Each chat costs a few look-ups in an index, regardless
    /// of the number of its messages.
    package func dueMessages(now: Date) throws -> [OutboxMessage] {
        try chatsWithOpenMessages().compactMap { try dueMessage(ofChat: $0, now: now) }
            .sorted { ($0.urgency, $0.id) < ($1.urgency, $1.id) }
    }

    /// The chats that are not muted and have open messages.
    ///
    /// The statement finds each chat by one look-up in the index, regardless of the number of its messages.
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

    /// The next message of the chat; nil if none may be sent now, or one is being sent.
    ///
    /// A reply or a post whose time has not come blocks every less urgent and every later message. An edit of a live
    /// message does not.
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
