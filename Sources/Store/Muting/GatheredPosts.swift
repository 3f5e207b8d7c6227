package import Contract
package import Foundation
import GRDB

/// Posts that came while their chat could not be written to, and that are sent together, in one file.
package struct GatheredPosts: Equatable, Sendable {
    package var first: OutboxID
    package var last: OutboxID
    package var counts: [MessageCount]
    /// The forum topic of all posts; nil if they have several, or none.
    package var thread: ThreadID?
}

extension Transaction {
    /// Takes the waiting posts of the chat out of the outbox, except the newest, if there are more than `few`.
    ///
    /// Their rows stay, as sent, until they are deleted for their age. Posts with a stored file stay in the outbox.
    package func gatherPosts(ofChat chat: ChatID, ifMoreThan few: Int, now: Date) throws -> GatheredPosts? {
        let sql = """
            SELECT * FROM outbox WHERE state IN ('pending', 'sending') AND chatID = ? AND urgency = 2
            AND state = 'pending' AND partsSent = 0 AND notBefore <= ? ORDER BY id
            """
        let soon = now.addingTimeInterval(60).timeIntervalSince1970
        let rows = try OutboxMessage.fetchAll(db.cachedStatement(sql: sql), arguments: [chat, soon])
        let posts = rows.filter { !$0.hasStoredFile }.dropLast()
        guard posts.count >= few, let first = posts.first, let last = posts.last else { return nil }
        var counts: [String: MessageCount] = [:]
        for post in posts {
            let topic = TopicPost(payload: post.payload ?? "").topic
            let new = MessageCount(topic: topic, count: 0, first: post.createdAt, last: post.createdAt)
            counts[topic, default: new].count += 1
            counts[topic, default: new].last = post.createdAt
            let take = "UPDATE outbox SET state = 'sent', error = ? WHERE id = ?"
            try db.cachedStatement(sql: take).execute(arguments: [OutboxMessage.inFile, post.id])
        }
        return GatheredPosts(
            first: first.id,
            last: last.id,
            counts: counts.values.sorted { ($1.count, $0.topic) < ($0.count, $1.topic) },
            thread: Set(posts.map(\.threadID)).count == 1 ? first.threadID : nil
        )
    }

    /// The posts of the chat that were gathered, from `first` to `last`, with the times at which they came.
    package func gatheredPosts(ofChat chat: ChatID, from first: OutboxID, to last: OutboxID) throws
        -> [(at: Date, post: TopicPost)]
    {
        let sql = """
            SELECT createdAt, payload FROM outbox WHERE id BETWEEN ? AND ? AND chatID = ? AND kind = 'notification'
            AND error = ? ORDER BY id
            """
        let arguments: StatementArguments = [first, last, chat, OutboxMessage.inFile]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            (Date(timeIntervalSince1970: row[0]), TopicPost(payload: row[1] ?? ""))
        }
    }
}

extension OutboxMessage {
    /// The `error` of a post that was sent in a file with others.
    fileprivate static let inFile = "sent in a file with others"

    fileprivate var hasStoredFile: Bool {
        guard case .stored? = TopicPost(payload: payload ?? "").attachment?.place else { return false }
        return true
    }
}
