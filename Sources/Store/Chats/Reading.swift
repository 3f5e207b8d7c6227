package import Contract
package import Foundation
import GRDB

/// What became of a message that a person sent to the bot.
package struct Reading: Codable, Equatable, Sendable {
    package var chatID: ChatID
    package var messageID: MessageID
    package var text: String
    /// Whether the bot did more than answer, such as start a run.
    package var isDone: Bool
    /// The row of the outbox that answered; nil if there is none.
    package var answerID: OutboxID?
    package var at: Date

    package init(
        chatID: ChatID,
        messageID: MessageID,
        text: String,
        isDone: Bool,
        answerID: OutboxID?,
        at: Date
    ) {
        (self.chatID, self.messageID, self.text) = (chatID, messageID, text)
        (self.isDone, self.answerID, self.at) = (isDone, answerID, at)
    }
}

extension Reading: Record {
    static var databaseTableName: String { "reading" }
}

extension Transaction {
    package func reading(ofMessage id: MessageID, in chat: ChatID) throws -> Reading? {
        let sql = "SELECT * FROM reading WHERE chatID = ? AND messageID = ?"
        return try Reading.fetchOne(db, sql: sql, arguments: [chat, id])
    }

    package func save(_ reading: Reading) throws {
        var reading = reading
        try reading.insert(db, onConflict: .replace)
    }

    /// The latest run that a message, or a button below it, has started.
    package func latestRun(startedBy message: MessageID, inChat chat: ChatID) throws -> RunID? {
        let sql = """
            SELECT id FROM run WHERE chatID = ? AND json_extract(origin, '$.message') = ? ORDER BY id DESC LIMIT 1
            """
        return try RunID.fetchOne(db, sql: sql, arguments: [chat, message])
    }

    /// Performs `work`; returns whether it changed more than the words to people, and the first answer in `chat`.
    package func observe(_ chat: ChatID, _ work: () throws -> Void) throws -> (
        isDone: Bool, answer: OutboxID?
    ) {
        let latest = try OutboxID.fetchOne(db, sql: "SELECT MAX(id) FROM outbox") ?? 0
        let changes = db.totalChangesCount - wordChanges
        try work()
        let sql = "SELECT MIN(id) FROM outbox WHERE id > ? AND chatID = ? AND kind = 'reply'"
        let answer = try OutboxID.fetchOne(db, sql: sql, arguments: [latest, chat])
        return (db.totalChangesCount - wordChanges > changes, answer)
    }
}
