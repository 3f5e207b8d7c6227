package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Records that an update is handled.
    ///
    /// Returns false if the update was recorded before: do not handle it again.
    package func receive(update id: UpdateID, at now: Date) throws -> Bool {
        let sql = "INSERT OR IGNORE INTO inbox (updateID, receivedAt) VALUES (?, ?)"
        try db.execute(sql: sql, arguments: [id, now.timeIntervalSince1970])
        return db.changesCount == 1
    }

    /// The newest update that was handled; nil if there is none.
    package func lastUpdate() throws -> UpdateID? {
        try UpdateID.fetchOne(db, sql: "SELECT MAX(updateID) FROM inbox")
    }
}
