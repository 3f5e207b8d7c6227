import Contract
import Foundation
import Store
import Support
import Testing

/// Files as earlier versions wrote them lie in `Data`, each named after the last migration that it has seen.
@Suite("A database of another version")
struct MigrationTests {
    @Test(
        "a file of an earlier version keeps all that it holds, and goes on",
        arguments: ["2026-11-runs", "2026-11-door"]
    )
    func earlier(_ version: String) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try SQLite.execute(try Self.dump(version), on: path)
            let before = try Self.counts(path)
            let store = try SQLiteStore(path: path)
            #expect(try Self.counts(path) == before)
            try await check(store)
            #expect(try SQLite.texts("PRAGMA integrity_check", from: path) == ["ok"])
            #expect(try SQLite.texts("PRAGMA foreign_key_check", from: path) == [])
            // It is what a new file would have been, too.
            let fresh = "\(folder)/fresh.sqlite"
            _ = try SQLiteStore(path: fresh)
            #expect(try Self.schema(path) == Self.schema(fresh))
        }
    }

    @Test("a file of a later version is refused in a sentence, and left as it is")
    func later() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            _ = try SQLiteStore(path: path)
            try SQLite.execute("INSERT INTO grdb_migrations VALUES ('2031-05 telepathy')", on: path)
            let before = try Self.schema(path)
            let error = #expect(throws: StoreError.tooNew(path: path)) { try SQLiteStore(path: path) }
            #expect(error?.description.hasSuffix("update it, or restore a backup") == true)
            #expect(try Self.schema(path) == before)
        }
    }

    /// What the saved files hold, as this version reads it.
    private func check(_ store: SQLiteStore) async throws {
        let runs = try await store.read { try $0.runs(ofChat: 1, limit: 9) }
        #expect(runs.map(\.job.state) == [.available, .discarded, .completed])
        #expect(runs[2].job.outcome != nil && runs[1].job.failure?.phase == .training)
        #expect(runs.allSatisfy { $0.job.priority == 0 && $0.job.uniqueKey == nil })
        let now = Date()
        let waiting = try await store.read { try $0.dueMessages(now: now) }
        #expect(waiting.map(\.kind) == [.reply])
        #expect(waiting.first?.payload?.contains("still to be said") == true)
        #expect(try await store.read { try $0.hasPendingAnchor(ofRun: 3) })
        #expect(try await store.read { try $0.topic(named: "nightly", ofChat: 1) } != nil)
        #expect(try await store.read { try $0.member(7) }?.role == .operator)
        #expect(try await store.read { try $0.isMuted(chat: -5) })
        #expect(try await store.read { try $0.lastUpdate() } == 5)
        let claimable = try await store.read {
            try $0.claimableJobs(of: .train, on: "local", now: now, limit: 9)
        }
        #expect(claimable.map(\.runID) == [3])
        let invitation = Invitation(role: .viewer, createdBy: 1, expiresAt: now)
        #expect(try await store.write { try $0.insert(invitation) }.id == 1)
        try await store.write {
            try $0.enqueue(OutboxMessage(chatID: 1, kind: .invitation, subject: 1, createdAt: now))
        }
    }

    private static func dump(_ version: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "Data/\(version).sql"), encoding: .utf8)
    }

    /// How many rows each table has that both versions know.
    private static func counts(_ path: String) throws -> [String] {
        try ["run", "job", "logLine", "outbox", "inbox", "topic", "member", "mutedChat", "setting"].flatMap {
            table in
            try SQLite.texts("SELECT '\(table) ' || COUNT(*) FROM \(table)", from: path)
        }
    }

    private static func schema(_ path: String) throws -> [String] {
        let tables = try SQLite.texts(
            """
            SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
            FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c WHERE t.type = 'table'
            """,
            from: path
        )
        let indexes = try SQLite.texts(
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql > ''",
            from: path
        )
        return tables.sorted() + indexes.sorted()
    }
}
