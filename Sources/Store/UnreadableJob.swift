package import Foundation
import GRDB

/// A job that has not ended and whose row nobody can read: another version wrote it, or a disk damaged it.
package struct UnreadableJob: Equatable, Sendable {
    package let id: Int64
    /// The run's number, where it serves one.
    package let run: Int64?
    /// Where to say so, as far as that can still be read.
    package let chat: Int64?
}

extension Transaction {
    /// Open jobs that can never be done, because nobody can read what they are.
    package func unreadableJobs() throws -> [UnreadableJob] {
        let sql = """
            SELECT *, CASE WHEN json_valid(origin) THEN json_extract(origin, '$.chat') END AS chatOrNull FROM job
            WHERE state IN ('available', 'scheduled', 'running', 'retryable')
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

    /// Takes the job out of the way for good, whatever stands in it.
    package func setAside(_ job: UnreadableJob, at now: Date) throws {
        let sql = """
            UPDATE job SET state = 'discarded', finishedAt = ?, leaseUntil = NULL, launchTokenHash = NULL
            WHERE id = ?
            """
        try db.execute(sql: sql, arguments: [now.timeIntervalSince1970, job.id])
        touched.insert(.jobs)
    }
}
