import Contract
package import Foundation
import GRDB

extension Transaction {
    /// The next message of each chat that may be sent at `now`, the most urgent chat first.
    ///
    /// Within a chat, messages of the same urgency keep their order. Each chat costs a few look-ups in an index, however
    /// many of its messages wait.
    package func dueMessages(now: Date) throws -> [OutboxMessage] {
        try chatsWithOpenMessages().compactMap { try dueMessage(ofChat: $0, now: now) }
            .sorted { ($0.urgency, $0.id) < ($1.urgency, $1.id) }
    }

    /// The chats that are not muted and have open messages: the statement walks the index from chat to chat, past all
    /// messages of each.
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

    /// Nil while a message of the chat is being sent. A reply or a post that must wait holds up those behind it;
    /// progress that must wait holds up nothing.
    private func dueMessage(ofChat chat: ChatID, now: Date) throws -> OutboxMessage? {
        let sending = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND chatID = ?)"
        if try Bool.fetchOne(db.cachedStatement(sql: sending), arguments: [chat]) == true { return nil }
        func first(_ which: String, _ arguments: StatementArguments = []) throws -> OutboxMessage? {
            let sql = """
                SELECT * FROM outbox WHERE state IN ('pending', 'sending') AND chatID = ? AND \(which)
                ORDER BY id LIMIT 1
                """
            return try OutboxMessage.fetchOne(
                db.cachedStatement(sql: sql),
                arguments: [chat] + arguments
            )
        }
        if let reply = try first("urgency = 0") { return reply.notBefore <= now ? reply : nil }
        let progress = try first("urgency = 1 AND notBefore <= ?", [now.timeIntervalSince1970])
        if let progress { return progress }
        return try first("urgency = 2").flatMap { $0.notBefore <= now ? $0 : nil }
    }
}
