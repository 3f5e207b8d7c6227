import Contract
import Foundation
import Store
import Support
import Testing

/// `Data` holds a dump of a database of each earlier version, named after its last migration.
@Suite("Databases of other versions")
struct MigrationTests {
    private static let versions = [
        "2026-11-runs", "2026-11-door", "2026-11-invitations", "2026-11-talk", "2026-11-images",
        "2026-11-paid-machines", "2026-12-muted-chats", "2026-12-post-keys", "2026-12-albums",
        "2026-12-delayed-posts",
    ]

    @Test("there is a dump for each migration")
    func complete() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            _ = try SQLiteStore(path: path)
            let migrations = try SQLite.texts("SELECT identifier FROM grdb_migrations", from: path)
            #expect(migrations.map { $0.replacing(" ", with: "-") }.sorted() == Self.versions.sorted())
        }
    }

    @Test("a database of an earlier version is migrated without loss", arguments: versions)
    func earlier(_ version: String) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try SQLite.execute(try Self.dump(version), on: path)
            let tables = try Self.tables(path)
            let before = try Self.counts(of: tables, in: path)
            let store = try SQLiteStore(path: path)
            #expect(try Self.counts(of: tables, in: path) == before)
            try await checkAdditions(store, of: version)
            try await check(store)
            #expect(try SQLite.texts("PRAGMA integrity_check", from: path) == ["ok"])
            #expect(try SQLite.texts("PRAGMA foreign_key_check", from: path) == [])
            // The schema is that of a new file.
            let fresh = "\(folder)/fresh.sqlite"
            _ = try SQLiteStore(path: fresh)
            #expect(try Self.schema(path) == Self.schema(fresh))
        }
    }

    @Test("a database of a later version is refused and not changed")
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

    /// Checks the rows that all dumps have.
    private func check(_ store: SQLiteStore) async throws {
        let runs = try await store.read { try $0.runs(ofChat: 1, limit: 9) }
        #expect(runs.map(\.job.state) == [.available, .discarded, .completed])
        #expect(runs[2].job.outcome != nil && runs[1].job.failure?.phase == .training)
        #expect(runs.allSatisfy { $0.job.priority == 0 && $0.job.uniqueKey == nil })
        let now = Date()
        let waiting = try await store.read { try $0.dueMessages(now: now) }
        #expect(waiting.map(\.kind) == [.reply])
        #expect(waiting.first?.payload?.contains("still to be said") == true)
        #expect(try await store.read { try $0.hasPendingLiveMessage(ofRun: 3) })
        #expect(try await store.read { try $0.topic(named: "nightly", ofChat: 1) } != nil)
        #expect(try await store.read { try $0.member(7) }?.role == .operator)
        #expect(try await store.read { try $0.isMuted(chat: -5) })
        #expect(try await store.read { try $0.lastUpdate() } == 5)
        let claimable = try await store.read {
            try $0.claimableJobs(of: .train, on: .local, now: now, limit: 9)
        }
        #expect(claimable.map(\.runID) == [3])
        // A REAL column rounds fractions of a second, so this time has none.
        let expiresAt = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded())
        let invitation = try await store.write {
            try $0.insertInvitation(as: .viewer, by: 1, expiresAt: expiresAt)
        }
        #expect(try await store.read { try $0.invitation(invitation.id) } == invitation)
        try await store.write {
            try $0.enqueue(NewMessage(.invitation(invitation.id), chat: 1, createdAt: now))
        }
    }

    /// Checks the rows that only dumps of later versions have.
    private func checkAdditions(_ store: SQLiteStore, of version: String) async throws {
        let seen = Self.versions.prefix { $0 != version } + [version]
        let now = Date()
        let invitation = try await store.read { try $0.invitation(1) }
        #expect(invitation?.role == (seen.contains("2026-11-invitations") ? .viewer : nil))
        let talks = seen.contains("2026-11-talk")
        #expect(try await store.read { try $0.run(2) }?.isQuiet == talks)
        #expect(try await store.read { try $0.quietEnd(ofChat: 1, now: now) != nil } == talks)
        let events = try await store.read { try $0.events(ofRun: 2, limit: 9) }
        #expect(events.map(\.what) == (talks ? [.asked, .started, .failed] : []))
        let images = try await store.read { try $0.image(enrolledBy: Data([5, 6]), now: now) }
        #expect(images?.name == (seen.contains("2026-11-images") ? "okai.qcow2" : nil))
        let paid = try await store.read { try $0.consentedPrice(since: .distantPast) }
        #expect(paid == (seen.contains("2026-11-paid-machines") ? 0.25 : 0))
        let dropped = try await store.write { try $0.takeDropped(ofChat: -5) }
        #expect(dropped.map(\.count) == (seen.contains("2026-12-muted-chats") ? [12] : []))
        let key = PostKey(keyHash: Data([3, 4]), contentHash: Data([5, 6]))
        let post = try await store.read { try $0.former(key, ofTopic: 1) }
        let keepsIDs = seen.contains("2026-12-post-keys")
        #expect(post == (keepsIDs ? .same(PostID(.message(21))) : nil))
        let reading = try await store.read { try $0.reading(ofMessage: 30, in: 1) }
        #expect(reading?.text == (seen.contains("2026-12-albums") ? "/trian 3" : nil))
    }

    private static func dump(_ version: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "Data/\(version).sql"), encoding: .utf8)
    }

    private static func tables(_ path: String) throws -> [String] {
        let sql = """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
            AND name <> 'grdb_migrations'
            """
        return try SQLite.texts(sql, from: path)
    }

    /// The number of rows of each table.
    private static func counts(of tables: [String], in path: String) throws -> [String] {
        try tables.flatMap { table in
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
