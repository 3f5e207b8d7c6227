import GRDB
import Synchronization

/// The bot's database, one SQLite file: runs, jobs, messages to send, people and settings.
///
/// The bot has only one connection to the file, so a write never waits for another connection of the bot. After a
/// commit, the store wakes the loops that wait for changes of jobs or of the outbox.
package final class SQLiteStore: Sendable {
    /// The failures that a commit must survive.
    package enum Durability: Sendable {
        /// For progress: survives a crash of the process, but a power failure may undo the latest commits.
        case batched
        /// For messages to people, ends of jobs, and money: survives a crash and a power failure.
        case full
    }

    /// Rings after a commit that inserted a job or changed the state of one.
    package let jobBell = Bell()
    /// Rings after a commit that changed the outbox.
    package let outboxBell = Bell()

    private let connection: DatabaseQueue
    private let commits: GroupCommit

    /// Opens the file at `path`, or creates it.
    ///
    /// A file that an earlier version of the bot wrote is copied, then migrated.
    ///
    /// - Throws: ``StoreError`` if the file cannot be opened, copied or written, is no database, or is of a later
    ///   version.
    package init(path: String) throws(StoreError) {
        HeapTrim.raiseThreshold()
        do {
            connection = try DatabaseQueue(path: path, configuration: Self.configuration)
            commits = GroupCommit(connection)
            try Self.prepare(connection)
        } catch StoreError.tooNew {
            throw StoreError.tooNew(path: path)
        } catch {
            throw StoreError.cannotOpen(path: path, reason: StoreError.message(of: error))
        }
    }

    /// A store in memory, for tests.
    package init() throws {
        connection = try DatabaseQueue(configuration: Self.configuration)
        commits = GroupCommit(connection)
        try Schema.migrator.migrate(connection)
    }

    /// Runs `work` as one transaction; if it throws, nothing is stored.
    ///
    /// Concurrent writes are committed together, in the order of their calls.
    package func write<Value: Sendable>(
        _ durability: Durability = .full,
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let done = Mutex<(value: Value, touched: Transaction.Touched)?>(nil)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            commits.add(
                GroupCommit.Write(durability: durability) { db in
                    let transaction = Transaction(db)
                    let value = try work(transaction)
                    done.withLock { $0 = (value, transaction.touched) }
                } finish: { failure in
                    if let failure {
                        continuation.resume(throwing: StoreError.classified(failure))
                    } else {
                        continuation.resume()
                    }
                }
            )
        }
        guard let (value, touched) = done.withLock({ $0 }) else { throw StoreError.noResult }
        if touched.contains(.jobs) { jobBell.ring() }
        if touched.contains(.outbox) { outboxBell.ring() }
        return value
    }

    /// Runs `work`, which may read but not write.
    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await connection.read { db in try work(Transaction(db)) }
        } catch {
            throw StoreError.classified(error)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "okai"
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        return configuration
    }

    private static func prepare(_ connection: DatabaseQueue) throws {
        try connection.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        let migrator = Schema.migrator
        guard try !connection.read(migrator.hasBeenSuperseded) else {
            throw StoreError.tooNew(path: connection.path)
        }
        let seen = try connection.read(migrator.appliedMigrations)
        if let last = seen.last, last != migrator.migrations.last {
            try BackupCopy.write(of: connection, after: last)
        }
        try migrator.migrate(connection)
    }
}
