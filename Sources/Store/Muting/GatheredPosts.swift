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
        let rows = try OutboxMessage.fetchCursor(db.cachedStatement(sql: sql), arguments: [chat, soon])
        var waiting: [Waiting] = []
        while let row = try rows.next() {
            if let post = Waiting(row) { waiting.append(post) }
        }
        let posts = waiting.dropLast()
        guard posts.count >= few, let first = posts.first, let last = posts.last else { return nil }
        for post in posts {
            let take = "UPDATE outbox SET state = 'sent', error = ? WHERE id = ?"
            try db.cachedStatement(sql: take).execute(arguments: [OutboxMessage.inFile, post.id])
        }
        return GatheredPosts(
            first: first.id,
            last: last.id,
            counts: MessageCount.counts(of: posts),
            thread: Set(posts.map(\.thread)).count == 1 ? first.thread : nil
        )
    }

    /// How many posts of the chat were gathered from `first` to `last`, and their size in bytes.
    package func gatheredSize(ofChat chat: ChatID, from first: OutboxID, to last: OutboxID) throws
        -> (posts: Int, bytes: Int)
    {
        let sql = "SELECT COUNT(*), SUM(LENGTH(CAST(payload AS BLOB))) \(Self.gathered)"
        let arguments: StatementArguments = [first, last, chat, OutboxMessage.inFile]
        let row = try Row.fetchOne(db, sql: sql, arguments: arguments)
        return (row?[0] ?? 0, row?[1] ?? 0)
    }

    /// Calls `work` with each of these posts in order, and the time at which it came.
    ///
    /// One post is in memory at a time, because all of them may be a thousand times as long as one.
    package func forEachGatheredPost(
        ofChat chat: ChatID,
        from first: OutboxID,
        to last: OutboxID,
        _ work: (_ at: Date, _ post: TopicPost) throws -> Void
    ) throws {
        let sql = "SELECT createdAt, payload \(Self.gathered) ORDER BY id"
        let arguments: StatementArguments = [first, last, chat, OutboxMessage.inFile]
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() {
            try work(Date(timeIntervalSince1970: row[0]), TopicPost(payload: row[1] ?? ""))
        }
    }

    private static var gathered: String {
        "FROM outbox WHERE id BETWEEN ? AND ? AND chatID = ? AND kind = 'notification' AND error = ?"
    }
}

/// What must be known of a post that waits, without its text.
private struct Waiting {
    let id: OutboxID
    let thread: ThreadID?
    let topic: String
    let createdAt: Date

    /// Nil if the post has a stored file.
    init?(_ row: OutboxMessage) {
        let post = TopicPost(payload: row.payload ?? "")
        guard post.attachment?.isStored != true else { return nil }
        (id, thread, topic, createdAt) = (row.id, row.threadID, post.topic, row.createdAt)
    }
}

extension MessageCount {
    /// The counts of the posts by topic, the largest first.
    fileprivate static func counts(of posts: some Sequence<Waiting>) -> [MessageCount] {
        var counts: [String: MessageCount] = [:]
        for post in posts {
            let new = MessageCount(topic: post.topic, count: 0, first: post.createdAt, last: post.createdAt)
            counts[post.topic, default: new].count += 1
            counts[post.topic, default: new].last = post.createdAt
        }
        return counts.values.sorted { ($1.count, $0.topic) < ($0.count, $1.topic) }
    }
}

extension OutboxMessage {
    /// The `error` of a post that was sent in a file with others.
    fileprivate static let inFile = "sent in a file with others"
}
