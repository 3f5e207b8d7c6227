import GRDB

extension Transaction {
    /// A value that is kept across restarts, such as the hash of the one-time admin code.
    package func setting(_ key: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE key = ?", arguments: [key])
    }

    /// Stores `value` under `key`; with nil, deletes the stored value.
    package func set(_ key: String, to value: String?) throws {
        guard let value else {
            return try db.execute(sql: "DELETE FROM setting WHERE key = ?", arguments: [key])
        }
        try db.execute(
            sql: "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)",
            arguments: [key, value]
        )
    }
}
