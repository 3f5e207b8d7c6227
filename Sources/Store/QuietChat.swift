package import Foundation
import GRDB

extension Transaction {
    /// Has everything that nobody asked for told to the chat without a sound until `date`; nil ends that at once.
    package func setQuiet(chat: Int64, until date: Date?) throws {
        guard let date else {
            return try db.execute(sql: "DELETE FROM quietChat WHERE chatID = ?", arguments: [chat])
        }
        let sql = "INSERT OR REPLACE INTO quietChat (chatID, until) VALUES (?, ?)"
        try db.execute(sql: sql, arguments: [chat, date.timeIntervalSince1970])
    }

    /// Until when the chat wants no sound; nil where it does at `now`.
    package func quietEnd(ofChat chat: Int64, now: Date) throws -> Date? {
        let sql = "SELECT until FROM quietChat WHERE chatID = ? AND until > ?"
        let end = try Double.fetchOne(db, sql: sql, arguments: [chat, now.timeIntervalSince1970])
        return end.map { Date(timeIntervalSince1970: $0) }
    }
}
