import Contract
import Foundation
import Store
import Support
import Testing

/// Every build opens the database of commit 17ac147.
@Suite("The database of commit 17ac147")
struct UpgradeTests {
    private typealias Rows = [String: [String]]

    @Test("its columns hold the same values after the migrations")
    func values() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try OldDatabase.write(to: path)
            let columns = try Self.columns(path)
            let before = try Self.rows(columns, path)
            #expect(before.count == 14 && before.values.allSatisfy { !$0.isEmpty })
            _ = try SQLiteStore(path: path)
            let after = try Self.rows(columns, path)
            for table in columns.keys.sorted() {
                #expect(after[table] == before[table], "\(table) has other rows")
            }
            #expect(try SQLite.texts("PRAGMA integrity_check", from: path) == ["ok"])
            #expect(try SQLite.texts("PRAGMA foreign_key_check", from: path) == [])
        }
    }

    @Test("its dump covers every kind, state, engine, outcome, remedy and role")
    func coverage() async throws {
        try await withOldStore { path, _ in
            func values(_ sql: String) throws -> Set<String> { Set(try SQLite.texts(sql, from: path)) }
            let pairs = try values("SELECT kind || ' ' || state FROM job")
            for kind in JobKind.allCases {
                for state in Job.State.allCases {
                    #expect(pairs.contains("\(kind.rawValue) \(state.rawValue)"))
                }
            }
            #expect(try values("SELECT engine FROM job") == ["local", "vm", "fluence", "enrolled"])
            let outcomes = try values("SELECT j.key FROM job, json_each(job.outcome) AS j")
            #expect(
                outcomes == [
                    "trained", "looked", "stored", "predicted", "fetched", "verified", "missing", "built",
                ]
            )
            let remedies = try values(
                "SELECT json_extract(failure, '$.remedy') FROM job WHERE failure ->> 'remedy' > ''"
            )
            #expect(remedies == ["chooseTarget", "moreTime", "otherEngine", "otherInput"])
            let events = [
                "asked", "started", "phase", "stopAsked", "waits", "lost", "succeeded", "cancelled", "failed",
            ]
            #expect(try values("SELECT what FROM runEvent") == Set(events))
            let messages = try values("SELECT kind || ' ' || state FROM outbox")
            for kind in ["reply", "anchor", "ended", "card", "address", "notification", "invitation"] {
                for state in ["pending", "sending", "sent", "failed"] {
                    #expect(messages.contains("\(kind) \(state)"))
                }
            }
            #expect(try values("SELECT urgency FROM outbox") == ["0", "1", "2"])
            #expect(try values("SELECT role FROM member") == Set(Role.allCases.map(\.rawValue)))
            #expect(try values("SELECT role FROM invitation") == Set(Role.allCases.map(\.rawValue)))
        }
    }

    @Test("each of its rows can be decoded")
    func readable() async throws {
        try await withOldStore { path, store in
            #expect(try await store.read { try $0.unreadableJobs() } == [])
            let (runs, jobs): ([RunID], [JobID]) = (try ids("run", path), try ids("job", path))
            for id in runs { #expect(try await store.read { try $0.run(id) } != nil, "run \(id)") }
            for id in jobs { #expect(try await store.read { try $0.job(id) } != nil, "job \(id)") }
            for id: OutboxID in try ids("outbox", path) {
                #expect(try await store.read { try $0.outboxMessage(id) } != nil, "message \(id)")
            }
            for id: TopicID in try ids("topic", path) {
                #expect(try await store.read { try $0.topic(id) } != nil, "topic \(id)")
            }
            for id: InvitationID in try ids("invitation", path) {
                #expect(try await store.read { try $0.invitation(id) } != nil, "invitation \(id)")
            }
            let images: [ImageID] = try ids("image", path)
            #expect(try await store.read { try $0.images(limit: 99) }.map(\.id).sorted() == images)
            let members: [UserID] = try ids("member", path, "userID")
            #expect(try await store.read { try $0.members() }.map(\.userID).sorted() == members)
            let logged = try await store.read { transaction in
                try jobs.flatMap { try transaction.log(ofJob: $0) }
            }
            let lines: [JobID] = try ids("logLine", path)
            #expect(logged.count == lines.count)
            let events = try await store.read { transaction in
                try runs.flatMap { try transaction.events(ofRun: $0, limit: 999) }
            }
            let entries: [RunID] = try ids("runEvent", path)
            #expect(events.count == entries.count)
        }
    }

    /// The values of a column in ascending order.
    private func ids<ID: Identifier>(
        _ table: String,
        _ path: String,
        _ column: String = "id"
    ) throws -> [ID] {
        let texts = try SQLite.texts("SELECT \(column) FROM \(table) ORDER BY \(column)", from: path)
        return texts.compactMap { Int64($0) }.map { ID(rawValue: $0) }
    }

    @Test("settings, muted chats, quiet chats and received updates are still in force")
    func others() async throws {
        try await withOldStore { path, store in
            let muted: [ChatID] = try ids("mutedChat", path, "chatID")
            let quiet: [ChatID] = try ids("quietChat", path, "chatID")
            let settings = try SQLite.texts("SELECT key FROM setting", from: path)
            #expect((muted.count, quiet.count) == (2, 3))
            #expect(Set(settings) == ["adminCodeHash", "port", "rivalToldAt"])
            for chat in muted { #expect(try await store.read { try $0.isMuted(chat: chat) }) }
            for chat in quiet {
                #expect(try await store.read { try $0.quietEnd(ofChat: chat, now: .distantPast) } != nil)
            }
            for key in settings { #expect(try await store.read { try $0.setting(key) } != nil) }
            let updates: [UpdateID] = try ids("inbox", path, "updateID")
            let last = try #require(updates.last)
            #expect(try await store.read { try $0.lastUpdate() } == last)
            // An update that Telegram delivers again is not handled again.
            #expect(try await store.write { try !$0.receive(update: last, at: .now) })
        }
    }

    @Test("its works, spans, outcomes and failures decode as they were written")
    func json() async throws {
        try await withOldStore { path, store in
            let ids: [JobID] = try ids("job", path)
            for column in ["work", "origin", "spans", "outcome", "failure"] {
                let written = try SQLite.texts(
                    "SELECT coalesce(\(column), '') FROM job ORDER BY id",
                    from: path
                )
                for (id, text) in zip(ids, written) {
                    let job = try #require(try await store.read { try $0.job(id) })
                    let read: [UInt8]? =
                        switch column {
                        case "work": try Wire.encode(job.work)
                        case "origin": try Wire.encode(job.origin)
                        case "spans": try Wire.encode(job.spans)
                        case "outcome": try job.outcome.map { try Wire.encode($0) }
                        default: try job.failure.map { try Wire.encode($0) }
                        }
                    #expect(String(decoding: read ?? [], as: UTF8.self) == text, "\(column) of job \(id)")
                }
            }
        }
    }

    @Test("the receipts of its runs decode as they were written")
    func receipts() throws {
        let receipts = try OldDatabase.receipts
        #expect(!receipts.isEmpty)
        for text in receipts {
            let receipt = try Wire.decode(Receipt.self, from: Array(text.utf8))
            #expect(String(decoding: try Wire.encode(receipt), as: UTF8.self) == text)
        }
    }

    private func withOldStore(_ body: (String, SQLiteStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try OldDatabase.write(to: path)
            try await body(path, try SQLiteStore(path: path))
        }
    }

    /// The columns of each table, without those that SQLite computes.
    private static func columns(_ path: String) throws -> Rows {
        let names = """
            SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'grdb_migrations' AND c.hidden = 0
            """
        let pairs = try SQLite.texts(names, from: path).map { $0.split(separator: ".").map(String.init) }
        return Dictionary(grouping: pairs) { $0[0] }.mapValues { $0.map { $0[1] } }
    }

    private static func rows(_ columns: Rows, _ path: String) throws -> Rows {
        try columns.reduce(into: [:]) { rows, table in
            let values = table.value.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
            rows[table.key] = try SQLite.texts(
                "SELECT \(values) AS row FROM \(table.key) ORDER BY row",
                from: path
            )
        }
    }
}
