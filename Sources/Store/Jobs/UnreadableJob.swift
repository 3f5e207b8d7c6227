package import Contract
package import Foundation
import GRDB

/// An open job whose row cannot be decoded, because another version of the bot wrote it or the disk damaged it.
package struct UnreadableJob: Equatable, Sendable {
    package let id: JobID
    package let run: RunID?
    /// The chat that requested the job; nil if the column `origin` is not JSON or names no chat.
    package let chat: ChatID?
}

extension Transaction {
    /// The open jobs whose rows cannot be decoded; they can never be launched.
    package func unreadableJobs() throws -> [UnreadableJob] {
        let sql = """
            SELECT *, CASE WHEN json_valid(origin) THEN json_extract(origin, '$.chat') END AS chatOrNull FROM job
            WHERE state IN (\(Job.State.open))
            """
        return try Row.fetchAll(db, sql: sql).compactMap { row in
            do {
                _ = try Job(row: row)
                return nil
            } catch  where error is RowDecodingError || error is DecodingError {
                return UnreadableJob(id: row["id"], run: row["runID"], chat: row["chatOrNull"])
            }
        }
    }

    /// Ends the job as discarded, without decoding its row.
    package func discard(_ job: UnreadableJob, at now: Date) throws {
        let sql = """
            UPDATE job SET state = 'discarded', finishedAt = ?, leaseUntil = NULL, launchTokenHash = NULL
            WHERE id = ?
            """
        try db.execute(sql: sql, arguments: [now.timeIntervalSince1970, job.id])
        touched.insert(.jobs)
    }
}
