import GRDB

/// The database file as anyone with a shell could handle it.
package enum SQLite {
    package static func execute(_ sql: String, on path: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// The first column of all rows, as text.
    package static func texts(_ sql: String, from path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: sql) }
    }
}
