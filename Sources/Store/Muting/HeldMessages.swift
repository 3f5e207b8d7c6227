package import Contract
package import Foundation
import GRDB

/// Messages that wait for their forum topic to be opened, or that Telegram refuses for a reason that the bot does not
/// know. They do not block the other messages of their chat.
extension Transaction {
    /// Holds the messages of a forum topic that takes none now; `thread` is nil for a group's General.
    package func mute(thread: ThreadID?, of chat: ChatID, because reason: String, at now: Date) throws {
        let place: StatementArguments = [chat, thread?.rawValue ?? 0]
        let select = "SELECT probes FROM mutedThread WHERE chatID = ? AND threadID = ?"
        let probes = try Int.fetchOne(db, sql: select, arguments: place) ?? 0
        let sql = """
            INSERT OR REPLACE INTO mutedThread (chatID, threadID, reason, probeAt, probes) VALUES (?, ?, ?, ?, ?)
            """
        let probeAt = now.addingTimeInterval(ProbeWait.seconds(after: probes))
        try db.execute(
            sql: sql,
            arguments: place + [reason.storable, probeAt.timeIntervalSince1970, probes + 1]
        )
    }

    package func isMuted(thread: ThreadID?, of chat: ChatID) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM mutedThread WHERE chatID = ? AND threadID = ?)"
        return try Bool.fetchOne(
            db.cachedStatement(sql: sql),
            arguments: [chat, thread?.rawValue ?? 0]
        ) ?? false
    }

    /// Holds the messages of muted topics that were enqueued since, until the next try of their topic.
    ///
    /// Almost always, no topic is muted.
    package func holdMessagesOfMutedThreads(now: Date) throws {
        let select = "SELECT chatID, threadID, probeAt FROM mutedThread WHERE probeAt > ?"
        let muted = try Row.fetchAll(
            db.cachedStatement(sql: select),
            arguments: [now.timeIntervalSince1970]
        )
        for row in muted {
            let (chat, thread, probeAt): (ChatID, Int64, Double) = (row[0], row[1], row[2])
            let hold = """
                UPDATE outbox SET urgency = 9, notBefore = ?3 WHERE state IN ('pending', 'sending') AND chatID = ?1
                AND (urgency < 9 OR notBefore <= ?4) AND state = 'pending' AND ifnull(threadID, 0) = ?2
                """
            try db.cachedStatement(sql: hold)
                .execute(arguments: [chat, thread, probeAt, now.timeIntervalSince1970])
        }
    }

    /// Lets all held messages of the chat be sent now, and opens its topics; returns how many messages there are.
    ///
    /// A message that was refused often stays held, so that a chat where much is said is not asked each time.
    package func releaseHeldMessages(of chat: ChatID) throws -> Int {
        try db.cachedStatement(sql: "DELETE FROM mutedThread WHERE chatID = ?").execute(arguments: [chat])
        let release = """
            UPDATE outbox SET notBefore = ?2, urgency = CASE kind WHEN 'notification' THEN 2 WHEN 'anchor' THEN 1
            WHEN 'ended' THEN 0 WHEN 'card' THEN 0 ELSE -1 END
            WHERE state = 'pending' AND urgency = 9 AND chatID = ?1 AND tries < \(Self.mostEagerTries)
            """
        try db.cachedStatement(sql: release)
            .execute(arguments: [chat, Date.distantPast.timeIntervalSince1970])
        let released = db.changesCount
        if released > 0 { touched.insert(.outbox) }
        return released
    }

    /// A message that was refused this often is tried only after its own waits, not whenever its chat speaks.
    static var mostEagerTries: Int { 8 }
}
