package import Contract
package import Foundation
import GRDB

/// Files that were sent as one album: each is a message of its own, and one of them has the caption of all.
///
/// The caption may come last, so a file without one waits for a moment.
extension Transaction {
    /// Keeps the caption for the other files of the album.
    package func setCaption(_ caption: String, ofAlbum album: String, in chat: ChatID, sentAt: Date) throws {
        let sql = "INSERT OR REPLACE INTO albumCaption (chatID, album, caption, sentAt) VALUES (?, ?, ?, ?)"
        try db.execute(sql: sql, arguments: [chat, album, caption, sentAt.timeIntervalSince1970])
    }

    /// The caption of the album; nil if none came yet, or if the kept one is of another time than `sentAt`.
    package func caption(ofAlbum album: String, in chat: ChatID, sentAt: Date) throws -> String? {
        let sql = """
            SELECT caption FROM albumCaption WHERE chatID = ? AND album = ? AND ABS(sentAt - ?) < 60
            """
        return try String.fetchOne(db, sql: sql, arguments: [chat, album, sentAt.timeIntervalSince1970])
    }

    /// Keeps a file of an album until its caption comes, or until `dueAt`; with nil, until it is taken or pruned.
    package func keep(
        _ payload: String,
        ofAlbum album: String,
        in chat: ChatID,
        until dueAt: Date?,
        at now: Date
    )
        throws
    {
        let sql = "INSERT INTO albumFile (chatID, album, payload, dueAt, at) VALUES (?, ?, ?, ?, ?)"
        let due = dueAt?.timeIntervalSince1970
        try db.execute(sql: sql, arguments: [chat, album, payload, due, now.timeIntervalSince1970])
    }

    /// Returns the payloads of the album's files that wait, and forgets them.
    package func takeFiles(ofAlbum album: String, in chat: ChatID) throws -> [String] {
        let sql = "DELETE FROM albumFile WHERE chatID = ? AND album = ? RETURNING payload, id"
        return try Self.payloads(Row.fetchAll(db, sql: sql, arguments: [chat, album]))
    }

    /// Returns the payloads of all files for which no caption came in time, and forgets them.
    package func takeDueFiles(now: Date) throws -> [String] {
        let sql = "DELETE FROM albumFile WHERE dueAt <= ? RETURNING payload, id"
        return try Self.payloads(Row.fetchAll(db, sql: sql, arguments: [now.timeIntervalSince1970]))
    }

    /// When the next file stops waiting; nil if none waits.
    package func nextDueFile() throws -> Date? {
        let sql = "SELECT MIN(dueAt) FROM albumFile WHERE dueAt IS NOT NULL"
        return try Double.fetchOne(db, sql: sql).map { Date(timeIntervalSince1970: $0) }
    }

    private static func payloads(_ rows: [Row]) -> [String] {
        rows.map { (payload: $0[0] as String, id: $0[1] as Int64) }.sorted { $0.id < $1.id }.map(\.payload)
    }
}
