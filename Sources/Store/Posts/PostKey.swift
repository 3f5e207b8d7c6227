package import Foundation
import GRDB

/// A post that was sent with an idempotency key: the same post with the same key is the same message.
package struct PostKey: Equatable, Sendable {
    /// SHA-256 of the key.
    package let keyHash: Data
    /// SHA-256 of everything that the sender posted.
    package let contentHash: Data

    package init(keyHash: Data, contentHash: Data) {
        (self.keyHash, self.contentHash) = (keyHash, contentHash)
    }

    /// What became of the post that came first with the key.
    package enum Former: Equatable, Sendable {
        /// It was the same; nil: a bot of an earlier version stored it, which kept no id.
        case same(PostID?)
        case different
    }
}

extension Transaction {
    /// The post that the topic already has with this key; nil if there is none.
    package func former(_ key: PostKey, ofTopic topic: TopicID) throws -> PostKey.Former? {
        let sql = "SELECT contentHash, postID FROM postKey WHERE topicID = ? AND keyHash = ?"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [topic, key.keyHash]) else {
            return nil
        }
        let (hash, id): (Data?, Int64?) = (row[0], row[1])
        guard hash == nil || hash == key.contentHash else { return .different }
        return .same(id.map(PostID.init(rawValue:)))
    }

    /// Records the key of a post that was accepted.
    package func insert(_ key: PostKey, of post: PostID, toTopic topic: TopicID, at now: Date) throws {
        let sql = "INSERT INTO postKey (topicID, keyHash, at, contentHash, postID) VALUES (?, ?, ?, ?, ?)"
        try db.execute(
            sql: sql,
            arguments: [topic, key.keyHash, now.timeIntervalSince1970, key.contentHash, post.rawValue]
        )
    }
}
