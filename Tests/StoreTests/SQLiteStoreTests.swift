import Contract
import Foundation
import Glibc
import Store
import Support
import Testing

@Suite("The database file")
struct SQLiteStoreTests {
    @Test("a committed row is there after the file is opened again")
    func reopened() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            let kept = try await SQLiteStore(path: path).write { try $0.insertRun() }
            let read = try await SQLiteStore(path: path).read { try $0.run(kept.id) }
            #expect(read == kept)
        }
    }

    @Test(
        "a transaction that throws changes nothing",
        arguments: [SQLiteStore.Durability.batched, .full]
    )
    func atomic(_ durability: SQLiteStore.Durability) async throws {
        let store = try SQLiteStore()
        await #expect(throws: StoreError.noRun(9)) {
            try await store.write(durability) { transaction in
                try transaction.insertRun()
                try transaction.enqueue(.reply("never"))
                throw StoreError.noRun(9)
            }
        }
        #expect(try await store.read { try $0.runs(ofChat: 1, limit: 9) } == [])
        #expect(try await store.read { try $0.openMessageCount() } == 0)
    }

    @Test("of writes that are committed together, only one that throws is rolled back")
    func groups() async throws {
        let store = try SQLiteStore()
        let kept = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<500 {
                group.addTask {
                    do {
                        try await store.write(number.isMultiple(of: 2) ? .full : .batched) { transaction in
                            try transaction.set("\(number)", to: "kept")
                            if number.isMultiple(of: 7) { throw StoreError.noRun(RunID(Int64(number))) }
                        }
                        return true
                    } catch {
                        return error as? StoreError != .noRun(RunID(Int64(number)))
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(kept == (0..<500).count { !$0.isMultiple(of: 7) })
        let settings = try await store.read { transaction in
            try (0..<500).map { try transaction.setting("\($0)") }
        }
        #expect(settings == (0..<500).map { $0.isMultiple(of: 7) ? nil : "kept" })
    }

    @Test("a write whose task is cancelled while it waits is carried out")
    func cancelled() async throws {
        let store = try SQLiteStore()
        let writer = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.write { try $0.set("key", to: "value") }
        }
        try await writer.value
        #expect(try await store.read { try $0.setting("key") } == "value")
    }

    @Test("the error for a file that cannot be opened has its path and SQLite's reason")
    func unopened() async throws {
        let path = "/nowhere/okai.sqlite"
        #expect(throws: StoreError.cannotOpen(path: path, reason: "unable to open database file")) {
            try SQLiteStore(path: path)
        }
        try await withTemporaryFolder { folder in
            let path = "\(folder)/notes.txt"
            try Data(repeating: 65, count: 4_096).write(to: URL(filePath: path))
            #expect(throws: StoreError.cannotOpen(path: path, reason: "file is not a database")) {
                try SQLiteStore(path: path)
            }
        }
    }

    @Test("while another connection holds the lock a write waits and then throws; the next one succeeds")
    func busy() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            let store = try SQLiteStore(path: path)
            try await SQLite.holding(path) { () async throws in
                await #expect(throws: StoreError.unavailable("database is locked")) {
                    try await store.write { try $0.set("key", to: "lost") }
                }
                #expect(try await store.read { try $0.setting("key") } == nil)
            }
            try await store.write { try $0.set("key", to: "kept") }
            #expect(try await store.read { try $0.setting("key") } == "kept")
        }
    }

    @Test(
        "the error for a file that cannot be written has its path",
        .enabled(if: getuid() != 0, "root may write anything")
    )
    func readOnly() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            _ = try SQLiteStore(path: path)
            try SQLite.execute("DELETE FROM grdb_migrations", on: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
            let reason = "attempt to write a readonly database"
            #expect(throws: StoreError.cannotOpen(path: path, reason: reason)) { try SQLiteStore(path: path) }
        }
    }

    @Test("a commit rings the bells of the tables that it changed", .timeLimit(.minutes(10)))
    func bells() async throws {
        let store = try SQLiteStore()
        _ = try await store.write { try $0.insertRun() }
        try await store.write { try $0.enqueue(.reply("hello")) }
        var jobs = store.jobBell.rings.makeAsyncIterator()
        var outbox = store.outboxBell.rings.makeAsyncIterator()
        #expect(await jobs.next() != nil)
        #expect(await outbox.next() != nil)
    }

    @Test("a setting can be replaced and deleted")
    func settings() async throws {
        let store = try SQLiteStore()
        for value in ["one", "two", nil] as [String?] {
            try await store.write { try $0.set("code", to: value) }
            #expect(try await store.read { try $0.setting("code") } == value)
        }
    }
}
