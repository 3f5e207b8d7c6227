import GRDB

/// The database file as a whole, for backups.
package enum DatabaseFile {
    /// The number of pages that are copied between two calls of `onProgress`.
    private static let pagesPerStep: CInt = 4_096

    /// Copies the database at `path`, as it is at one moment, into a new file, and checks the copy.
    ///
    /// A bot may use the database meanwhile. `onProgress` gets the copied fraction, and can throw to end the copying.
    ///
    /// - Throws: ``StoreError``; the errors of `onProgress`.
    package static func copy(
        _ path: String,
        to copy: String,
        onProgress: @escaping (Double) throws -> Void
    ) throws {
        let source = try open(path)
        do {
            let target = try DatabaseQueue(path: copy)
            try source.read { source in
                // The first read fixes the moment: later commits of the bot do not make the copying start again.
                _ = try Int.fetchOne(source, sql: "SELECT count(*) FROM sqlite_master")
                try target.writeWithoutTransaction { target in
                    try source.backup(to: target, pagesPerStep: pagesPerStep) { progress in
                        try onProgress(
                            Double(progress.completedPageCount) / Double(max(progress.totalPageCount, 1))
                        )
                    }
                    // Without this, the copy would need a second file as soon as it is opened.
                    try target.execute(sql: "PRAGMA journal_mode = DELETE")
                }
            }
            try target.close()
        } catch let error as DatabaseError {
            throw StoreError.cannotCopy(path: path, to: copy, reason: StoreError.message(of: error))
        }
        try check(copy)
    }

    private static func open(_ path: String) throws(StoreError) -> DatabaseQueue {
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(30)
        do {
            return try DatabaseQueue(path: path, configuration: reading)
        } catch {
            throw .cannotOpen(path: path, reason: StoreError.message(of: error))
        }
    }

    /// Checks that the file is an undamaged database that this program can open; the file is not changed.
    ///
    /// - Throws: ``StoreError``.
    package static func check(_ path: String) throws {
        do {
            var reading = Configuration()
            reading.readonly = true
            let database = try DatabaseQueue(path: path, configuration: reading)
            try database.read { db in
                let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check")
                guard answer == "ok" else {
                    throw StoreError.cannotOpen(path: path, reason: answer ?? "it cannot be checked")
                }
                try db.checkForeignKeys()
                let migrator = Schema.migrator
                guard try !migrator.hasBeenSuperseded(db) else { throw StoreError.tooNew(path: path) }
                guard try !migrator.appliedMigrations(db).isEmpty else {
                    throw StoreError.cannotOpen(path: path, reason: "it is not a bot's database")
                }
            }
        } catch let error as DatabaseError {
            throw StoreError.cannotOpen(path: path, reason: StoreError.message(of: error))
        }
    }
}
