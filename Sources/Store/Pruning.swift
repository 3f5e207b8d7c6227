package import Foundation
import GRDB

/// How long what nobody will ask for any more is kept; runs, their results and people stay for good.
package struct Retention: Sendable {
    /// Updates that were handled: Telegram keeps them for a day, and cannot deliver them again after that.
    package var updates: TimeInterval = 2 * 86_400
    /// Keys of posts, by which a repeat is known.
    package var postKeys: TimeInterval = 86_400
    /// Messages that were sent or given up.
    package var messages: TimeInterval = 30 * 86_400
    /// Looks into blobs.
    package var looks: TimeInterval = 7 * 86_400
    /// Log lines of runs that have ended.
    package var logs: TimeInterval = 30 * 86_400

    package init() {}
}

extension Transaction {
    /// Forgets what is older than `retention` says.
    package func prune(_ retention: Retention = Retention(), now: Date) throws {
        func before(_ age: TimeInterval) -> StatementArguments { [now.timeIntervalSince1970 - age] }
        // The newest update is where polling goes on.
        let updates =
            "DELETE FROM inbox WHERE receivedAt < ? AND updateID < (SELECT MAX(updateID) FROM inbox)"
        try db.execute(sql: updates, arguments: before(retention.updates))
        try db.execute(sql: "DELETE FROM postKey WHERE at < ?", arguments: before(retention.postKeys))
        let messages = "DELETE FROM outbox WHERE state IN ('sent', 'failed') AND createdAt < ?"
        try db.execute(sql: messages, arguments: before(retention.messages))
        let looks = "DELETE FROM job WHERE runID IS NULL AND finishedAt < ?"
        try db.execute(sql: looks, arguments: before(retention.looks))
        let logs = "DELETE FROM logLine WHERE jobID IN (SELECT id FROM job WHERE finishedAt < ?)"
        try db.execute(sql: logs, arguments: before(retention.logs))
        try db.execute(sql: "DELETE FROM invitation WHERE expiresAt < ?", arguments: before(0))
    }
}
