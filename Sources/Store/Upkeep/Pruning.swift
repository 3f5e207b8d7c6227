package import Foundation
import GRDB

/// The ages at which rows are deleted, in seconds.
///
/// Runs, their results and people are not deleted at any age. Invitations are deleted once they have expired.
package struct Retention: Sendable {
    /// Handled updates, and what became of people's messages, because Telegram may deliver an update again for at most one day.
    package var updates: TimeInterval = 2 * 86_400
    /// Idempotency keys of posts.
    package var postKeys: TimeInterval = 86_400
    /// Messages that were sent or have failed; the age counts from the time at which they were enqueued.
    package var messages: TimeInterval = 30 * 86_400
    /// Jobs that belong to no run, such as jobs that look at a blob; the age counts from the end of the job.
    package var looks: TimeInterval = 7 * 86_400
    /// Log lines; the age counts from the end of their job.
    package var logs: TimeInterval = 30 * 86_400

    package init() {}
}

extension Transaction {
    /// Deletes the rows that are older than `retention` allows, and expired invitations.
    package func prune(_ retention: Retention = Retention(), now: Date) throws {
        func before(_ age: TimeInterval) -> StatementArguments { [now.timeIntervalSince1970 - age] }
        // The row of the newest update is kept, because polling continues after that update.
        let updates =
            "DELETE FROM inbox WHERE receivedAt < ? AND updateID < (SELECT MAX(updateID) FROM inbox)"
        try db.execute(sql: updates, arguments: before(retention.updates))
        for table in ["reading", "said", "albumFile"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE at < ?", arguments: before(retention.updates))
        }
        let captions = "DELETE FROM albumCaption WHERE sentAt < ?"
        try db.execute(sql: captions, arguments: before(retention.updates))
        try db.execute(sql: "DELETE FROM postKey WHERE at < ?", arguments: before(retention.postKeys))
        let messages = "DELETE FROM outbox WHERE state IN ('sent', 'failed') AND createdAt < ?"
        try db.execute(sql: messages, arguments: before(retention.messages))
        try db.execute(sql: "DELETE FROM postSequence WHERE outboxID NOT IN (SELECT id FROM outbox)")
        let looks = "DELETE FROM job WHERE runID IS NULL AND finishedAt < ?"
        try db.execute(sql: looks, arguments: before(retention.looks))
        let logs = "DELETE FROM logLine WHERE jobID IN (SELECT id FROM job WHERE finishedAt < ?)"
        try db.execute(sql: logs, arguments: before(retention.logs))
        try db.execute(sql: "DELETE FROM invitation WHERE expiresAt < ?", arguments: before(0))
    }
}
