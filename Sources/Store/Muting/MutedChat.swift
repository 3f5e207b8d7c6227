package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Stops sending messages to a chat that takes none now; the chat's runs continue, and its messages are kept.
    ///
    /// After growing waits, the courier tries one message, because perhaps no update ever says that the chat can be
    /// written to again.
    package func mute(chat: ChatID, because reason: String, at now: Date) throws {
        let select = "SELECT probes FROM mutedChat WHERE chatID = ?"
        let probes = try Int.fetchOne(db, sql: select, arguments: [chat]) ?? 0
        let sql = """
            INSERT INTO mutedChat (chatID, reason, since, probeAt, probes) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (chatID) DO UPDATE SET reason = excluded.reason, probeAt = excluded.probeAt,
            probes = excluded.probes
            """
        let probeAt = now.addingTimeInterval(ProbeWait.seconds(after: probes))
        try db.execute(
            sql: sql,
            arguments: [
                chat, reason.storable, now.timeIntervalSince1970, probeAt.timeIntervalSince1970, probes + 1,
            ]
        )
    }

    /// Sends messages to the chat again.
    package func unmute(chat: ChatID) throws {
        try db.cachedStatement(sql: "DELETE FROM mutedChat WHERE chatID = ?").execute(arguments: [chat])
        if db.changesCount > 0 { touched.insert(.outbox) }
    }

    /// Tries the chat, its topics and its held messages now, without waiting for the next try of each.
    ///
    /// For signs that the chat may take messages again, such as a message of a person. It stays muted until one arrives,
    /// so that what is kept for it stays bounded, and is told together. A message that was refused often waits on, so
    /// that a chat where much is said is not asked each time.
    package func trySoon(chat: ChatID, at now: Date) throws {
        for table in ["mutedChat", "mutedThread"] {
            let sql = "UPDATE \(table) SET probeAt = ?1 WHERE chatID = ?2 AND probeAt > ?1"
            try db.cachedStatement(sql: sql).execute(arguments: [now.timeIntervalSince1970, chat])
            if db.changesCount > 0 { touched.insert(.outbox) }
        }
        let held = """
            UPDATE outbox SET notBefore = ?1 WHERE state = 'pending' AND urgency = 9 AND chatID = ?2
            AND notBefore > ?1 AND tries < \(Self.mostEagerTries)
            """
        try db.cachedStatement(sql: held).execute(arguments: [now.timeIntervalSince1970, chat])
        if db.changesCount > 0 { touched.insert(.outbox) }
    }

    package func isMuted(chat: ChatID) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM mutedChat WHERE chatID = ?)"
        return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: [chat]) ?? false
    }
}

/// The growing waits before a muted chat, a muted forum topic or a held message is tried again.
package enum ProbeWait {
    private static let shortest: TimeInterval = 60
    private static let longest: TimeInterval = 3_600

    /// The wait after a chat has refused `tries` tries before, in seconds: a minute, and twice as long each time.
    package static func seconds(after tries: Int) -> TimeInterval {
        min(shortest * Double(1 << min(max(tries, 0), 6)), longest)
    }
}
