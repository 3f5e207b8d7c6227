package import Contract
import GRDB

extension Transaction {
    /// Moves the rows of a group to the supergroup into which Telegram has converted the group.
    package func migrateChat(_ old: ChatID, to new: ChatID) throws {
        try db.execute(sql: "UPDATE outbox SET chatID = ? WHERE chatID = ?", arguments: [new, old])
        try db.execute(sql: "UPDATE OR IGNORE topic SET chatID = ? WHERE chatID = ?", arguments: [new, old])
        try db.execute(
            sql: "UPDATE OR IGNORE quietChat SET chatID = ? WHERE chatID = ?",
            arguments: [new, old]
        )
        for table in ["mutedChat", "mutedThread"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE chatID = ?", arguments: [old])
        }
        _ = try releaseHeldMessages(of: new)
        let dropped = "UPDATE OR REPLACE droppedMessage SET chatID = ? WHERE chatID = ?"
        try db.execute(sql: dropped, arguments: [new, old])
        for table in ["run", "job"] {
            try db.execute(
                sql: """
                    UPDATE \(table) SET origin = json_set(origin, '$.chat', ?1)
                    WHERE json_extract(origin, '$.chat') = ?2
                    """,
                arguments: [new, old]
            )
        }
        // The supergroup has other message ids, so live messages are sent again as new messages, and so is a post that
        // replaces an earlier one.
        try db.execute(sql: "UPDATE run SET anchorID = NULL WHERE chatID = ?", arguments: [new])
        try db.execute(
            sql: "UPDATE outbox SET messageID = NULL WHERE chatID = ? AND kind = 'notification'",
            arguments: [new]
        )
        touched.insert(.outbox)
    }
}
