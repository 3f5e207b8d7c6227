package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Makes the chat silent until `date`; with nil, ends the silence.
    ///
    /// In a silent chat, the ends of runs, cards, and all posts except urgent ones make no sound. Replies and urgent
    /// posts still make a sound.
    package func setQuiet(chat: ChatID, until date: Date?) throws {
        guard let date else {
            return try db.execute(sql: "DELETE FROM quietChat WHERE chatID = ?", arguments: [chat])
        }
        let sql = "INSERT OR REPLACE INTO quietChat (chatID, until) VALUES (?, ?)"
        try db.execute(sql: sql, arguments: [chat, date.timeIntervalSince1970])
    }

    /// The time until which the chat is silent; nil if it is not silent at `now`.
    package func quietEnd(ofChat chat: ChatID, now: Date) throws -> Date? {
        let sql = "SELECT until FROM quietChat WHERE chatID = ? AND until > ?"
        let end = try Double.fetchOne(db, sql: sql, arguments: [chat, now.timeIntervalSince1970])
        return end.map { Date(timeIntervalSince1970: $0) }
    }
}
