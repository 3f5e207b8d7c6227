import Dispatch
import GRDB
import Synchronization

/// Commits writes in groups: writes that arrive during a commit form the next group.
///
/// A commit costs about the same for one row and for a thousand, so each write is cheaper in a group. Every write has
/// its own savepoint, so an error undoes only the write that threw it. `finish` of each write is called after the
/// commit.
final class GroupCommit: Sendable {
    struct Write: Sendable {
        let durability: SQLiteStore.Durability
        let work: @Sendable (Database) throws -> Void
        /// Called with nil after the group's commit, or with the error of this write or of the commit.
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Write] = []
        /// The number of writes in the last group, and the duration of its commit.
        var lastCount = 0
        var lastCommit = Duration.zero
        /// Whether the next group is waiting for as many writes as the last group had.
        var isGathering = false
    }

    private let connection: DatabaseQueue
    private let state = Mutex(State())
    private let gathered = DispatchSemaphore(value: 0)

    /// The most writes in a group, limited because readers wait until a group is committed.
    private static let largestGroup = 1_000

    init(_ connection: DatabaseQueue) {
        self.connection = connection
    }

    func add(_ write: Write) {
        let (isFirst, isLast) = state.withLock { state in
            state.waiting.append(write)
            let isLast = state.isGathering && state.waiting.count >= state.lastCount
            if isLast { state.isGathering = false }
            return (state.waiting.count == 1, isLast)
        }
        if isLast { gathered.signal() }
        if isFirst { scheduleGroup() }
    }

    private func scheduleGroup() {
        connection.asyncWriteWithoutTransaction { [self] db in
            gather()
            let (group, hasMore) = state.withLock { state in
                let group = Array(state.waiting.prefix(Self.largestGroup))
                state.waiting.removeFirst(group.count)
                return (group, !state.waiting.isEmpty)
            }
            let time = ContinuousClock().measure { commit(group, in: db) }
            state.withLock { ($0.lastCount, $0.lastCommit) = (group.count, time) }
            if hasMore { scheduleGroup() }
        }
    }

    /// Waits briefly, so that the writers of the last group can add their next writes to this group.
    ///
    /// Without the wait, the first of these writes would be a group of its own, and the others would wait for two
    /// commits.
    private func gather() {
        let wait = state.withLock { state in
            state.isGathering = state.lastCount > state.waiting.count
            return state.isGathering ? state.lastCommit / 4 : .zero
        }
        guard wait > .zero else { return }
        let hasTimedOut =
            gathered.wait(timeout: .now() + .nanoseconds(Int(wait / .nanoseconds(1)))) == .timedOut
        let wasSignalled = state.withLock { state in
            defer { state.isGathering = false }
            return !state.isGathering
        }
        // The signal came just after the timeout. Consume it, because otherwise it would end the next wait.
        if hasTimedOut, wasSignalled { gathered.wait() }
    }

    private func commit(_ group: [Write], in db: Database) {
        var failures = [(any Error)?](repeating: nil, count: group.count)
        do {
            let isFull = group.contains { $0.durability == .full }
            try db.execute(sql: isFull ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
            try db.inTransaction(.immediate) {
                for index in group.indices { failures[index] = try failure(of: group[index], in: db) }
                return .commit
            }
        } catch {
            failures = failures.map { $0 ?? error }
        }
        for (write, failure) in zip(group, failures) { write.finish(failure) }
    }

    /// Runs one write and returns nil.
    ///
    /// If the write throws, undoes the write and returns its error.
    ///
    /// - Throws: an error that ended the transaction of the whole group, such as a full disk.
    private func failure(of write: Write, in db: Database) throws -> (any Error)? {
        try db.cachedStatement(sql: "SAVEPOINT one").execute()
        do {
            try write.work(db)
            try db.cachedStatement(sql: "RELEASE one").execute()
            return nil
        } catch {
            guard db.isInsideTransaction else { throw error }
            try db.cachedStatement(sql: "ROLLBACK TO one").execute()
            try db.cachedStatement(sql: "RELEASE one").execute()
            return error
        }
    }
}
