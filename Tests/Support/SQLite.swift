import GRDB

/// Reads and writes a database file past the bot.
package enum SQLite {
    package static func execute(_ sql: String, on path: String) throws {
        try open(path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// The first column of all rows, as text.
    package static func texts(_ sql: String, from path: String) throws -> [String] {
        try open(path).read { try String.fetchAll($0, sql: sql) }
    }

    /// Runs `body` while another connection holds the write lock.
    package static func holding<Value>(
        _ path: String,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let holder = try open(path)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        return try result.get()
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        // The bot may hold the lock.
        configuration.busyMode = .timeout(10)
        // `holding` leaves its transaction open on purpose.
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
