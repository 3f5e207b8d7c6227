package import Contract
package import Foundation
import GRDB

/// A post that is kept until its time has come, and then becomes a message of the outbox.
package struct DelayedPost: Codable, Equatable, Sendable {
    package let id: DelayedPostID
    package let topicID: TopicID
    /// The sender's name of the message; see ``TopicPost/sequence``.
    package let sequence: String?
    /// See ``TopicPost/payload``.
    package let payload: String
    package let dueAt: Date
    package let createdAt: Date

    package var post: TopicPost { TopicPost(payload: payload) }
}

extension DelayedPost: Record {
    static var databaseTableName: String { "delayedPost" }
}

extension Transaction {
    /// Keeps the post until `due`.
    ///
    /// It takes the place of a kept post of the topic with the same sequence.
    func delay(_ post: TopicPost, to topic: Topic, until due: Date, at now: Date) throws -> DelayedPostID {
        if let sequence = post.sequence { _ = try cancelDelayedPost(sequence, ofTopic: topic) }
        let sql = """
            INSERT INTO delayedPost (topicID, sequence, payload, dueAt, createdAt) VALUES (?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql,
            arguments: [
                topic.id, post.sequence, try post.payload.storable, due.timeIntervalSince1970,
                now.timeIntervalSince1970,
            ]
        )
        return DelayedPostID(db.lastInsertedRowID)
    }

    /// Moves the posts whose time has come into the outbox, in the order of their times.
    ///
    /// A post leaves the one table in the transaction in which it enters the other, so it is sent exactly once, even if
    /// the bot was not running at its time.
    package func enqueueDuePosts(now: Date) throws {
        let sql = "SELECT * FROM delayedPost WHERE dueAt <= ? ORDER BY dueAt, id LIMIT ?"
        let statement = try db.cachedStatement(sql: sql)
        let due = try DelayedPost.fetchAll(statement, arguments: [now.timeIntervalSince1970, Self.mostDue])
        for delayed in due {
            try db.execute(sql: "DELETE FROM delayedPost WHERE id = ?", arguments: [delayed.id])
            guard let topic = try topic(delayed.topicID) else { continue }
            let id = try place(delayed.post, to: topic, at: now)
            // The sender may still name the message by the id that the answer had.
            if delayed.sequence == nil {
                try save(sequence: "\(PostID(.delayed(delayed.id.rawValue)))", ofTopic: topic.id, as: id)
            }
        }
    }

    /// The posts moved in one transaction; the next tick of the courier moves the rest.
    private static var mostDue: Int { 200 }

    /// The kept posts of the chat's topics, the next one first; at most `limit`.
    package func delayedPosts(ofChat chat: ChatID, limit: Int = .max) throws -> [DelayedPost] {
        let sql = """
            SELECT delayedPost.* FROM delayedPost JOIN topic ON topic.id = topicID
            WHERE chatID = ? ORDER BY dueAt, delayedPost.id LIMIT ?
            """
        return try DelayedPost.fetchAll(db, sql: sql, arguments: [chat, limit])
    }

    /// The number of kept posts of the chat's topics.
    package func delayedPostCount(ofChat chat: ChatID) throws -> Int {
        let sql = """
            SELECT COUNT(*) FROM delayedPost WHERE topicID IN (SELECT id FROM topic WHERE chatID = ?)
            """
        return try Int.fetchOne(db, sql: sql, arguments: [chat]) ?? 0
    }

    /// Cancels a kept post of the chat; returns false if there is no such post any more.
    package func cancelDelayedPost(_ id: DelayedPostID, ofChat chat: ChatID) throws -> Bool {
        let sql = """
            DELETE FROM delayedPost WHERE id = ? AND topicID IN (SELECT id FROM topic WHERE chatID = ?)
            """
        try db.execute(sql: sql, arguments: [id, chat])
        return db.changesCount > 0
    }

    /// Cancels the topic's kept post with this sequence, or with this id; returns false if there is none.
    func cancelDelayedPost(_ sequence: String, ofTopic topic: Topic) throws -> Bool {
        var id: Int64?
        if case .delayed(let row)? = PostID(sequence)?.row { id = row }
        let sql = "DELETE FROM delayedPost WHERE topicID = ? AND (sequence = ? OR id = ?)"
        try db.execute(sql: sql, arguments: [topic.id, sequence, id])
        return db.changesCount > 0
    }
}
