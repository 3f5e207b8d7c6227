package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Records that `what` is said in the chat now.
    ///
    /// Returns false if it was said less than `pause` seconds ago: do not say it again.
    package func maySay(_ what: String, in chat: ChatID, pause: TimeInterval, at now: Date) throws -> Bool {
        let sql = "SELECT at FROM said WHERE chatID = ? AND what = ?"
        let last = try Double.fetchOne(db, sql: sql, arguments: [chat, what])
        if let last, abs(now.timeIntervalSince1970 - last) < pause { return false }
        try db.execute(
            sql: "INSERT OR REPLACE INTO said (chatID, what, at) VALUES (?, ?, ?)",
            arguments: [chat, what, now.timeIntervalSince1970]
        )
        wordChanges += 1
        return true
    }
}
