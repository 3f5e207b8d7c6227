import GRDB

/// The database file as anyone with a shell could handle it.
package enum SQLite {
    package static func execute(_ sql: String, on path: String) throws {
        try open(path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// The first column of all rows, as text.
    package static func texts(_ sql: String, from path: String) throws -> [String] {
        try open(path).read { try String.fetchAll($0, sql: sql) }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        // The bot may be at work on it.
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
