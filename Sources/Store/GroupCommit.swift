import GRDB
import Synchronization

/// Commits writes in groups: while one group is on its way to the disk, the next gathers.
///
/// A push to the disk costs the same for one row and for a thousand, so the more writers wait, the less each of them
/// pays. Every write has a savepoint of its own: one that throws takes back nothing but itself. Nobody hears of success
/// before the commit.
final class GroupCommit: Sendable {
    /// One write, and who waits for it.
    struct Write: Sendable {
        let durability: SQLiteStore.Durability
        let work: @Sendable (Database) throws -> Void
        /// Called once the group is committed (nil), or with what went wrong.
        let finish: @Sendable ((any Error)?) -> Void
    }

    private let connection: DatabaseQueue
    private let waiting = Mutex([Write]())

    /// A reader waits for a group, so groups end somewhere.
    private static let largestGroup = 1_000

    init(_ connection: DatabaseQueue) {
        self.connection = connection
    }

    func add(_ write: Write) {
        let isFirst = waiting.withLock { waiting in
            waiting.append(write)
            return waiting.count == 1
        }
        if isFirst { scheduleCommit() }
    }

    private func scheduleCommit() {
        connection.asyncWriteWithoutTransaction { [self] db in
            let (group, hasMore) = waiting.withLock { waiting in
                let group = Array(waiting.prefix(Self.largestGroup))
                waiting.removeFirst(group.count)
                return (group, !waiting.isEmpty)
            }
            commit(group, in: db)
            if hasMore { scheduleCommit() }
        }
    }

    private func commit(_ group: [Write], in db: Database) {
        var failures = [(any Error)?](repeating: nil, count: group.count)
        do {
            let isFull = group.contains { $0.durability == .full }
            try db.execute(sql: isFull ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
            try db.inTransaction(.immediate) {
                for index in group.indices {
                    do {
                        try db.inSavepoint {
                            try group[index].work(db)
                            return .commit
                        }
                    } catch {
                        failures[index] = error
                        // A full disk and its like end the whole transaction at once.
                        guard db.isInsideTransaction else { throw error }
                    }
                }
                return .commit
            }
        } catch {
            failures = failures.map { $0 ?? error }
        }
        for (write, failure) in zip(group, failures) { write.finish(failure) }
    }
}
