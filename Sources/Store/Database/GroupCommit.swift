import Dispatch
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

    private struct State {
        var waiting: [Write] = []
        /// How many the last group had, and how long its commit took.
        var lastCount = 0
        var lastCommit = Duration.zero
        /// Whether a group waits until as many as last time are there.
        var isGathering = false
    }

    private let connection: DatabaseQueue
    private let state = Mutex(State())
    private let gathered = DispatchSemaphore(value: 0)

    /// A reader waits for a group, so groups end somewhere.
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

    /// Gives those who have just been answered a moment to come back: without it, the first of them would get a commit of
    /// its own, and all others would wait for two.
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
        // The signal came just after the time was up: it must not end the next wait.
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

    /// Does one write, and takes it back where it throws.
    ///
    /// - Throws: What ends the whole group, such as a full disk.
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
