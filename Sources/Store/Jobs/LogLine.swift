package import Contract
package import Foundation
import GRDB

/// One line of a job's log.
package struct LogLine: Codable, Equatable, Sendable {
    package var jobID: JobID
    package var at: Date
    package var line: String
}

extension LogLine: Record {
    static var databaseTableName: String { "logLine" }
}

extension Transaction {
    /// The most lines that are kept of one job's log, so that an endless log does not fill the disk.
    package static var logLinesKept: Int { 10_000 }
    /// The most characters that are kept of one job's log.
    package static var logSizeKept: Int { 4_000_000 }

    package func append(log line: String, toJob id: JobID, at now: Date) throws {
        var record = LogLine(jobID: id, at: now, line: line.storable)
        try record.insert(db)
    }

    /// Deletes the job's oldest lines until its log is within ``logLinesKept`` and ``logSizeKept``.
    package func trimLog(ofJob id: JobID) throws {
        let sql = """
            DELETE FROM logLine WHERE jobID = ?1 AND id <= (SELECT MAX(id) FROM (
                SELECT id, ROW_NUMBER() OVER newer AS lines, SUM(LENGTH(line)) OVER newer AS size
                FROM logLine WHERE jobID = ?1 WINDOW newer AS (ORDER BY id DESC)
            ) WHERE lines > ?2 OR size > ?3)
            """
        try db.execute(sql: sql, arguments: [id, Self.logLinesKept, Self.logSizeKept])
    }

    /// The log of a job, oldest line first; only the newest `last` lines if `last` is given.
    package func log(ofJob id: JobID, last: Int? = nil) throws -> [LogLine] {
        let sql = "SELECT * FROM logLine WHERE jobID = ? ORDER BY id DESC LIMIT ?"
        return try LogLine.fetchAll(db, sql: sql, arguments: [id, last ?? Self.logLinesKept]).reversed()
    }

    package func logLineCount(ofJob id: JobID) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM logLine WHERE jobID = ?", arguments: [id]) ?? 0
    }
}
