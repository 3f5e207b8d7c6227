import GRDB

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

    /// Opens the file at `path`, creating and migrating it as needed.
    ///
    /// - Throws: ``StoreError`` when the file cannot be opened, written or understood.
    package init(path: String) throws(StoreError) {
        do {
            connection = try DatabaseQueue(path: path, configuration: Self.configuration)
            try Self.prepare(connection)
        } catch {
            throw StoreError.cannotOpen(path: path, reason: StoreError.words(of: error))
        }
    }

    /// A store in memory, gone with the value, for tests.
    package init() throws {
        connection = try DatabaseQueue(configuration: Self.configuration)
        try Schema.migrator.migrate(connection)
    }

    /// Runs `work` in one transaction: all of it is kept, or, when it throws, nothing.
    package func write<Value: Sendable>(
        _ durability: Durability = .full,
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let (value, touched) = try await connection.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
            let transaction = Transaction(db)
            var value: Value?
            try db.inTransaction(.immediate) {
                value = try work(transaction)
                return .commit
            }
            guard let value else { throw StoreError.noResult }
            return (value, transaction.touched)
        }
        if touched.contains(.jobs) { jobBell.ring() }
        if touched.contains(.outbox) { outboxBell.ring() }
        return value
    }

    /// Runs `work` on a snapshot of the file.
    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await connection.read { db in try work(Transaction(db)) }
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
        try Schema.migrator.migrate(connection)
    }
}
