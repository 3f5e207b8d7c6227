package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Stops sending messages to a chat that has refused or removed the bot; the chat's runs continue.
    package func mute(chat: ChatID, because reason: String, at now: Date) throws {
        let sql = "INSERT OR REPLACE INTO mutedChat (chatID, reason, since) VALUES (?, ?, ?)"
        try db.execute(sql: sql, arguments: [chat, reason, now.timeIntervalSince1970])
    }

    /// Sends messages to the chat again, because an update from the chat has shown that the bot can reach it.
    package func unmute(chat: ChatID) throws {
        try db.execute(sql: "DELETE FROM mutedChat WHERE chatID = ?", arguments: [chat])
        if db.changesCount > 0 { touched.insert(.outbox) }
    }

    package func isMuted(chat: ChatID) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM mutedChat WHERE chatID = ?)"
        return try Bool.fetchOne(db, sql: sql, arguments: [chat]) ?? false
    }
}
