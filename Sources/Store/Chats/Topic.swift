package import Contract
package import Foundation
import GRDB

/// A secret address to which any script may post for one chat.
package struct Topic: Codable, Equatable, Sendable {
    package let id: TopicID
    package let chatID: ChatID
    package let threadID: ThreadID?
    package let name: String
    package let createdBy: UserID
    package let createdAt: Date
}

extension Topic: Record {
    static var databaseTableName: String { "topic" }
}

extension Transaction {
    /// Inserts a topic, and replaces a topic of the same name in the chat.
    ///
    /// Only the SHA-256 of its secret is stored.
    package func insertTopic(
        named name: String,
        chat: ChatID,
        thread: ThreadID?,
        secretHash: Data,
        by user: UserID,
        at now: Date
    ) throws -> Topic {
        _ = try deleteTopic(named: name, ofChat: chat)
        let sql = """
            INSERT INTO topic (chatID, threadID, name, secretHash, createdBy, createdAt) VALUES (?, ?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql,
            arguments: [chat, thread, name, secretHash, user, now.timeIntervalSince1970]
        )
        return Topic(
            id: TopicID(db.lastInsertedRowID),
            chatID: chat,
            threadID: thread,
            name: name,
            createdBy: user,
            createdAt: now
        )
    }

    package func topic(_ id: TopicID) throws -> Topic? {
        try Topic.fetchOne(db, sql: "SELECT * FROM topic WHERE id = ?", arguments: [id])
    }

    package func topics(ofChat chat: ChatID) throws -> [Topic] {
        try Topic.fetchAll(db, sql: "SELECT * FROM topic WHERE chatID = ? ORDER BY name", arguments: [chat])
    }

    package func topic(named name: String, ofChat chat: ChatID) throws -> Topic? {
        let sql = "SELECT * FROM topic WHERE chatID = ? AND name = ?"
        return try Topic.fetchOne(db, sql: sql, arguments: [chat, name])
    }

    /// The topic with this secret.
    ///
    /// Every post needs it, so its columns are read by position, which is faster than decoding by name.
    package func topic(secretHash: Data) throws -> Topic? {
        let select = """
            SELECT id, chatID, threadID, name, createdBy, createdAt FROM topic WHERE secretHash = ?
            """
        let row = try Row.fetchOne(db.cachedStatement(sql: select), arguments: [secretHash])
        return row.map { row in
            Topic(
                id: row[0],
                chatID: row[1],
                threadID: row[2],
                name: row[3],
                createdBy: row[4],
                createdAt: Date(timeIntervalSince1970: row[5])
            )
        }
    }

    /// Replaces the topic's secret; the old one becomes invalid.
    package func setSecretHash(_ hash: Data, ofTopic id: TopicID) throws {
        try db.execute(sql: "UPDATE topic SET secretHash = ? WHERE id = ?", arguments: [hash, id])
    }

    /// Deletes the topic; false if there is none.
    package func deleteTopic(named name: String, ofChat chat: ChatID) throws -> Bool {
        try db.execute(sql: "DELETE FROM topic WHERE chatID = ? AND name = ?", arguments: [chat, name])
        return db.changesCount == 1
    }

    /// Records the idempotency key of a post; false if a post with this key was stored before.
    package func insert(postKey hash: Data, ofTopic topic: TopicID, at now: Date) throws -> Bool {
        let sql = "INSERT OR IGNORE INTO postKey (topicID, keyHash, at) VALUES (?, ?, ?)"
        try db.execute(sql: sql, arguments: [topic, hash, now.timeIntervalSince1970])
        return db.changesCount == 1
    }
}
