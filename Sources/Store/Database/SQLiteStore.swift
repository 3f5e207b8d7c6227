import GRDB
import Synchronization

/// The one SQLite file that remembers everything: runs, jobs, what is still to be said, who may do what.
///
/// One connection does all the work, in WAL mode, so that a write never waits for a lock of our own. After a
/// commit the bells of what the transaction touched ring, so that nobody has to remember to wake anyone.
package final class SQLiteStore: Sendable {
    /// How hard a commit is pushed to the disk.
    package enum Durability: Sendable {
        /// Survives a crash of the process; a power cut may take the last moments. For progress.
        case batched
        /// Survives a power cut. For what people were told, what ends, and what costs money.
        case full
    }

    /// Rings when a job may have become claimable or a slot free.
    package let jobBell = Bell()
    /// Rings when there is something to send.
    package let outboxBell = Bell()

    private let connection: DatabaseQueue
    private let commits: GroupCommit

    /// Opens the file at `path`; creates it where there is none, and migrates one of an earlier version after copying it.
    ///
    /// - Throws: ``StoreError`` when the file cannot be opened, written or understood.
    package init(path: String) throws(StoreError) {
        // Where the system does not know it, everything works, but slower.
        _ = HeapTrim.isPutOff
        do {
            connection = try DatabaseQueue(path: path, configuration: Self.configuration)
            commits = GroupCommit(connection)
            try Self.prepare(connection)
        } catch StoreError.tooNew {
            throw StoreError.tooNew(path: path)
        } catch {
            throw StoreError.cannotOpen(path: path, reason: StoreError.words(of: error))
        }
    }

    /// A store in memory, gone with the value, for tests.
    package init() throws {
        connection = try DatabaseQueue(configuration: Self.configuration)
        commits = GroupCommit(connection)
        try Schema.migrator.migrate(connection)
    }

    /// Runs `work` as one transaction: all of it is kept, or, when it throws, nothing.
    ///
    /// Writes that come together are committed together, in the order in which they came.
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

    /// Runs `work` on a snapshot of the file.
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
