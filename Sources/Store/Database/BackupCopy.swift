import Foundation
import GRDB

/// A copy of the database file, made before a newer version of the bot changes its tables.
///
/// Whoever must go back to the former version puts the copy in the place of the file.
enum BackupCopy {
    /// The path of the copy: beside the file, named after the last migration that the file has seen.
    static func path(of database: String, after migration: String) -> String {
        "\(database).\(migration.replacing(" ", with: "-")).backup"
    }

    /// Copies the file of `connection` as SQLite's own backup does, so that the copy is whole whatever its WAL holds.
    ///
    /// A copy appears under its name only when it is whole. An existing copy stays: it was made before a former try of the
    /// same upgrade, and so is of the older file.
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
