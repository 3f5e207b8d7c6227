package import Contract
package import Foundation
import GRDB

/// A channel into one chat: every person or script that has the secret URL of the topic may post to the chat.
///
/// It is not a forum topic of Telegram.
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
    /// Inserts a topic, in place of the chat's topic with this name, if there is one.
    ///
    /// What was posted to the former topic for a later time, and the names of its messages, belong to the new one.
    /// `secretHash` is the SHA-256 of the topic's secret. The secret itself is not stored.
    package func insertTopic(
        named name: String,
        chat: ChatID,
        thread: ThreadID?,
        secretHash: Data,
        by user: UserID,
        at now: Date
    ) throws -> Topic {
        let former = try topic(named: name, ofChat: chat)
        // Names have no line breaks, so this one is free.
        if let former {
            try db.execute(
                sql: "UPDATE topic SET name = name || char(10) WHERE id = ?",
                arguments: [former.id]
            )
        }
        let sql = """
            INSERT INTO topic (chatID, threadID, name, secretHash, createdBy, createdAt) VALUES (?, ?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql,
            arguments: [chat, thread, name, secretHash, user, now.timeIntervalSince1970]
        )
        let id = TopicID(db.lastInsertedRowID)
        if let former {
            for table in ["delayedPost", "postSequence"] {
                let sql = "UPDATE \(table) SET topicID = ? WHERE topicID = ?"
                try db.execute(sql: sql, arguments: [id, former.id])
            }
            try db.execute(sql: "DELETE FROM topic WHERE id = ?", arguments: [former.id])
        }
        return Topic(
            id: id,
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

    /// The topic whose secret has this SHA-256.
    ///
    /// Called for every post, so it reads columns by position, which is faster than decoding by name.
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

    /// Replaces the topic's secret, so that the old secret becomes invalid.
    package func setSecretHash(_ hash: Data, ofTopic id: TopicID) throws {
        try db.execute(sql: "UPDATE topic SET secretHash = ? WHERE id = ?", arguments: [hash, id])
    }

    /// Deletes the topic; returns false if there is no such topic.
    package func deleteTopic(named name: String, ofChat chat: ChatID) throws -> Bool {
        try db.execute(sql: "DELETE FROM topic WHERE chatID = ? AND name = ?", arguments: [chat, name])
        return db.changesCount == 1
    }
}
