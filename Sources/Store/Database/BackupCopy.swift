import Foundation
import GRDB

/// A copy of the database file, which is made before a newer version of the bot changes the tables.
///
/// To go back to the older version, the owner replaces the file by its copy.
enum BackupCopy {
    /// The path of the copy: in the folder of the file, named after the last migration of the file.
    static func path(of database: String, after migration: String) -> String {
        "\(database).\(migration.replacing(" ", with: "-")).backup"
    }

    /// Copies the file of `connection` by SQLite's backup, which includes the contents of the WAL.
    ///
    /// The copy gets its name only when it is complete. An existing copy is not replaced: it was made before an earlier try
    /// of the same upgrade.
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
