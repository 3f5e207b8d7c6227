import Foundation
import Store
import Support
import Testing

@Suite("The copy of a database before its migration")
struct BackupCopyTests {
    /// The oldest saved file, and the name of its copy.
    private static let (old, copy) = ("2026-11-runs", "okai.sqlite.2026-11-runs.backup")

    private static func write(_ version: String, to path: String) throws {
        let data = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(version).sql")
        try SQLite.execute(try String(contentsOf: data, encoding: .utf8), on: path)
    }

    private static func migrations(_ path: String) throws -> [String] {
        try SQLite.texts("SELECT identifier FROM grdb_migrations ORDER BY identifier", from: path)
    }

    @Test("a file of an earlier version is copied beside itself, as it was, for its owner alone")
    func copied() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try Self.write(Self.old, to: path)
            let (seen, runs) = (try Self.migrations(path), try SQLite.texts("SELECT * FROM run", from: path))
            _ = try SQLiteStore(path: path)
            #expect(try Self.migrations(path) != seen)
            let copy = "\(folder)/\(Self.copy)"
            #expect(try Self.migrations(copy) == seen)
            #expect(try SQLite.texts("SELECT * FROM run", from: copy) == runs)
            #expect(try SQLite.texts("PRAGMA integrity_check", from: copy) == ["ok"])
            let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a new file, and one that needs no migration, are not copied")
    func unneeded() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            for _ in 1...2 { _ = try SQLiteStore(path: path) }
            let backups = try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.contains("backup") }
            #expect(backups == [])
        }
    }

    @Test("a copy that exists stays as it is; a part of a copy that a crash left is made anew")
    func interrupted() async throws {
        try await withTemporaryFolder { folder in
            let (path, copy) = ("\(folder)/okai.sqlite", "\(folder)/\(Self.copy)")
            try Self.write(Self.old, to: path)
            try Data("cut".utf8).write(to: URL(filePath: "\(copy).part"))
            _ = try SQLiteStore(path: path)
            let first = try Data(contentsOf: URL(filePath: copy))
            #expect(!FileManager.default.fileExists(atPath: "\(copy).part"))
            // The same upgrade once more, from a file that has lost a run since.
            try FileManager.default.removeItem(atPath: path)
            try Self.write(Self.old, to: path)
            try SQLite.execute("DELETE FROM run", on: path)
            _ = try SQLiteStore(path: path)
            #expect(try Data(contentsOf: URL(filePath: copy)) == first)
        }
    }

    @Test("where the copy cannot be written, the bot does not start and the file stays as it was")
    func refused() async throws {
        try await withTemporaryFolder { folder in
            // The name of the copy would be longer than the 255 bytes that a file system allows.
            let path = "\(folder)/\(String(repeating: "x", count: 238)).sqlite"
            try Self.write(Self.old, to: path)
            let seen = try Self.migrations(path)
            #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
            #expect(try Self.migrations(path) == seen)
        }
    }
}
