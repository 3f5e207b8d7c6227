package import Foundation
import GRDB

/// One line that a worker wrote for people.
package struct LogLine: Codable, Equatable, Sendable {
    package var id: Int64?
    package var jobID: Int64
    package var at: Date
    package var line: String
}

extension LogLine: Record {
    static var databaseTableName: String { "logLine" }
}

extension Transaction {
    /// The most lines kept of one job: a worker that talks without end must not fill the disk.
    package static var logLinesKept: Int { 10_000 }
    /// The most of them in characters.
    package static var logSizeKept: Int { 4_000_000 }

    package func append(log line: String, toJob id: Int64, at now: Date) throws {
        var record = LogLine(jobID: id, at: now, line: line.storable)
        try record.insert(db)
    }

    /// Drops the oldest lines of a job beyond ``logLinesKept`` and ``logSizeKept``.
    package func trimLog(ofJob id: Int64) throws {
        let sql = """
            DELETE FROM logLine WHERE jobID = ?1 AND id <= (SELECT MAX(id) FROM (
                SELECT id, ROW_NUMBER() OVER newer AS lines, SUM(LENGTH(line)) OVER newer AS size
                FROM logLine WHERE jobID = ?1 WINDOW newer AS (ORDER BY id DESC)
            ) WHERE lines > ?2 OR size > ?3)
            """
        try db.execute(sql: sql, arguments: [id, Self.logLinesKept, Self.logSizeKept])
    }

    /// The log of a job, oldest first; with `last`, only its end.
    package func log(ofJob id: Int64, last: Int? = nil) throws -> [LogLine] {
        let sql = "SELECT * FROM logLine WHERE jobID = ? ORDER BY id DESC LIMIT ?"
        return try LogLine.fetchAll(db, sql: sql, arguments: [id, last ?? Self.logLinesKept]).reversed()
    }

    package func logLineCount(ofJob id: Int64) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM logLine WHERE jobID = ?", arguments: [id]) ?? 0
    }
}
