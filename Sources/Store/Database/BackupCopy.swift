import Foundation
import GRDB

/// Copies the database file before a newer version of the bot changes the tables.
///
/// To go back to the older version of the bot, its owner replaces the database file with the copy.
enum BackupCopy {
    /// The path of the copy of the file `database`, in the same folder.
    ///
    /// `migration` is the last one that the file has.
    static func path(of database: String, after migration: String) -> String {
        "\(database).\(migration.replacing(" ", with: "-")).backup"
    }

    /// Copies the file of `connection`, including the contents of the WAL, with SQLite's backup function.
    ///
    /// The copy gets its final name only when it is complete. An existing copy is kept, because it was made before an
    /// earlier try of the same upgrade.
    static func write(of connection: DatabaseQueue, after migration: String) throws {
        let path = path(of: connection.path, after: migration)
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else { return }
        let part = "\(path).part"
        if files.fileExists(atPath: part) { try files.removeItem(atPath: part) }
        try connection.backup(to: DatabaseQueue(path: part))
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
        try files.moveItem(atPath: part, toPath: path)
    }
}
