package import Foundation
import GRDB

/// A secret address to which any script may post for one chat.
package struct Topic: Codable, Equatable, Sendable {
    package var id: Int64?
    package var chatID: Int64
    package var threadID: Int64?
    package var name: String
    /// SHA-256 of the secret, which itself is kept nowhere.
    package var secretHash: Data
    package var createdBy: Int64
    package var createdAt: Date

    package init(
        chatID: Int64,
        threadID: Int64?,
        name: String,
        secretHash: Data,
        createdBy: Int64,
        createdAt: Date
    ) {
        self.chatID = chatID
        self.threadID = threadID
        self.name = name
        self.secretHash = secretHash
        self.createdBy = createdBy
        self.createdAt = createdAt
    }
}

extension Topic: Record {
    static var databaseTableName: String { "topic" }

    mutating func didInsert(_ inserted: InsertionSuccess) {
        id = inserted.rowID
    }
}

extension Transaction {
    /// Keeps the topic and returns it with its id; one of the same name in the chat gives way.
    package func insert(_ topic: Topic) throws -> Topic {
        _ = try deleteTopic(named: topic.name, ofChat: topic.chatID)
        var topic = topic
        try topic.insert(db)
        return topic
    }

    package func topic(_ id: Int64) throws -> Topic? {
        try Topic.fetchOne(db, sql: "SELECT * FROM topic WHERE id = ?", arguments: [id])
    }

    /// Gives the topic another secret; the former opens nothing any more.
    package func setSecretHash(_ hash: Data, ofTopic id: Int64) throws {
        try db.execute(sql: "UPDATE topic SET secretHash = ? WHERE id = ?", arguments: [hash, id])
    }

    package func topics(ofChat chat: Int64) throws -> [Topic] {
        try Topic.fetchAll(db, sql: "SELECT * FROM topic WHERE chatID = ? ORDER BY name", arguments: [chat])
    }

    package func topic(named name: String, ofChat chat: Int64) throws -> Topic? {
        let sql = "SELECT * FROM topic WHERE chatID = ? AND name = ?"
        return try Topic.fetchOne(db, sql: sql, arguments: [chat, name])
    }

    package func topic(secretHash: Data) throws -> Topic? {
        let select = """
            SELECT id, chatID, threadID, name, createdBy, createdAt FROM topic WHERE secretHash = ?
            """
        let row = try Row.fetchOne(db.cachedStatement(sql: select), arguments: [secretHash])
        return row.map { row in
            var topic = Topic(
                chatID: row[1],
                threadID: row[2],
                name: row[3],
                secretHash: secretHash,
                createdBy: row[4],
                createdAt: Date(timeIntervalSince1970: row[5])
            )
            topic.id = row[0]
            return topic
        }
    }

    /// Notes that a post with this key came; false where one had come before, and nothing more is to be done.
    package func note(postKey hash: Data, ofTopic topic: Topic, at now: Date) throws -> Bool {
        let sql = "INSERT OR IGNORE INTO postKey (topicID, keyHash, at) VALUES (?, ?, ?)"
        try db.execute(sql: sql, arguments: [topic.id, hash, now.timeIntervalSince1970])
        return db.changesCount == 1
    }

    /// Revokes the topic's address; false where there was none.
    package func deleteTopic(named name: String, ofChat chat: Int64) throws -> Bool {
        try db.execute(sql: "DELETE FROM topic WHERE chatID = ? AND name = ?", arguments: [chat, name])
        return db.changesCount == 1
    }
}
