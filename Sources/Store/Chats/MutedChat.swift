package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Stops sends to a chat that refused the bot, but not the chat's runs.
    package func mute(chat: ChatID, because reason: String, at now: Date) throws {
        let sql = "INSERT OR REPLACE INTO mutedChat (chatID, reason, since) VALUES (?, ?, ?)"
        try db.execute(sql: sql, arguments: [chat, reason, now.timeIntervalSince1970])
    }

    /// Allows sends to the chat again, because a person in the chat has written to the bot.
    package func unmute(chat: ChatID) throws {
        try db.execute(sql: "DELETE FROM mutedChat WHERE chatID = ?", arguments: [chat])
        if db.changesCount > 0 { touched.insert(.outbox) }
    }

    package func isMuted(chat: ChatID) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM mutedChat WHERE chatID = ?)"
        return try Bool.fetchOne(db, sql: sql, arguments: [chat]) ?? false
    }
}
