package import Foundation
import GRDB

extension Transaction {
    /// Notes that an update was handled; false where it had been before, and nothing more is to be done.
    package func receive(update id: Int64, at now: Date) throws -> Bool {
        let sql = "INSERT OR IGNORE INTO inbox (updateID, receivedAt) VALUES (?, ?)"
        try db.execute(sql: sql, arguments: [id, now.timeIntervalSince1970])
        return db.changesCount == 1
    }

    /// The newest update that was handled.
    package func lastUpdate() throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT MAX(updateID) FROM inbox")
    }
}
