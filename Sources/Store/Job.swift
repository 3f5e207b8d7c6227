package import Contract
package import Foundation
import GRDB

/// One piece of work that one worker executes.
///
/// Rows move only by `Job.apply`, a pure function, and are then saved by a statement that must change exactly one row.
package struct Job: Codable, Equatable, Sendable {
    /// River's states; who moves a job there stands beside each.
    package enum State: String, Codable, CaseIterable, Sendable {
        /// May be claimed now. By a command, a release or a rescue.
        case available
        /// May be claimed later. By a command.
        case scheduled
        /// A worker is being started or is at work. By the runner.
        case running
        /// Failed in a way that may pass; will be claimed again. By the worker's report.
        case retryable
        /// By the worker's report.
        case completed
        /// By the person who asked, at once or through the worker.
        case cancelled
        /// Failed for good. By the worker's report, or by the last rescue.
        case discarded

        package var isTerminal: Bool {
            switch self {
            case .available, .scheduled, .running, .retryable: false
            case .completed, .cancelled, .discarded: true
            }
        }
    }

    /// One phase's stretch of time.
    package struct Span: Codable, Equatable, Sendable {
        package var phase: Phase
        package var startedAt: Date
        package var endedAt: Date?

        package init(phase: Phase, startedAt: Date, endedAt: Date? = nil) {
            self.phase = phase
            self.startedAt = startedAt
            self.endedAt = endedAt
        }
    }

    package var id: Int64?
    /// The run it serves; nil for what a chat needs on its own, such as a look at a blob.
    package var runID: Int64?
    package var kind: JobKind
    package var work: Work
    package var origin: Origin
    package var engine: String
    package var state: State = .available
    package var availableAt: Date
    /// Higher goes first.
    package var priority = 0
    /// While a job with this key waits or runs, there is no second one.
    package var uniqueKey: String?
    /// How often a worker was started for it, rescues not counted.
    package var attempt = 0
    /// How often its worker was lost.
    package var rescues = 0
    /// SHA-256 of the token that claims this attempt.
    package var launchTokenHash: Data?
    /// SHA-256 of the token that the worker made when it claimed: the fence for every later write.
    package var leaseTokenHash: Data?
    package var leaseUntil: Date?
    /// The engine's name for the worker, such as its process id and start time.
    package var handle: String?
    package var deadline: Date?
    /// The number of the newest event taken of this attempt.
    package var lastSequence = 0
    package var cancelRequested = false
    package var phase: Phase?
    package var fraction: Double?
    package var note: String?
    package var spans: [Span] = []
    package var outcome: Outcome?
    package var failure: Failure?
    /// Whether it costs money that nobody has agreed to yet; it is not started until somebody has.
    package var awaitsConsent = false
    /// What it was estimated to cost, in dollars.
    package var price: Double?
    package var consentedAt: Date?
    package var createdAt: Date
    package var startedAt: Date?
    package var finishedAt: Date?

    package init(runID: Int64? = nil, work: Work, origin: Origin, engine: String = "local", createdAt: Date) {
        self.runID = runID
        self.kind = work.kind
        self.work = work
        self.origin = origin
        self.engine = engine
        self.availableAt = createdAt
        self.createdAt = createdAt
    }
}

extension Job: Record {
    static var databaseTableName: String { "job" }

    mutating func didInsert(_ inserted: InsertionSuccess) {
        id = inserted.rowID
    }
}

extension Job {
    /// The columns in which it differs from `old`, of those that a job's life can change, with their new values.
    fileprivate func changes(from old: Job) throws -> [(
        column: String, value: (any DatabaseValueConvertible)?
    )] {
        var changes: [(column: String, value: (any DatabaseValueConvertible)?)] = []
        func note<Value: Equatable>(
            _ column: String,
            _ property: KeyPath<Job, Value>,
            _ stored: (Value) throws -> (any DatabaseValueConvertible)?
        ) rethrows {
            guard self[keyPath: property] != old[keyPath: property] else { return }
            changes.append((column, try stored(self[keyPath: property])))
        }
        note("state", \.state) { $0.rawValue }
        note("availableAt", \.availableAt, \.timeIntervalSince1970)
        note("priority", \.priority) { $0 }
        note("uniqueKey", \.uniqueKey) { $0 }
        note("attempt", \.attempt) { $0 }
        note("rescues", \.rescues) { $0 }
        note("launchTokenHash", \.launchTokenHash) { $0 }
        note("leaseTokenHash", \.leaseTokenHash) { $0 }
        note("leaseUntil", \.leaseUntil) { $0?.timeIntervalSince1970 }
        note("handle", \.handle) { $0 }
        note("deadline", \.deadline) { $0?.timeIntervalSince1970 }
        note("lastSequence", \.lastSequence) { $0 }
        note("cancelRequested", \.cancelRequested) { $0 }
        note("phase", \.phase) { $0?.rawValue }
        note("fraction", \.fraction) { $0 }
        note("note", \.note) { $0?.storable }
        try note("spans", \.spans) { try Self.json($0) }
        try note("outcome", \.outcome) { try $0.map(Self.json) }
        try note("failure", \.failure) { try $0.map(Self.json) }
        note("awaitsConsent", \.awaitsConsent) { $0 }
        note("price", \.price) { $0 }
        note("consentedAt", \.consentedAt) { $0?.timeIntervalSince1970 }
        note("startedAt", \.startedAt) { $0?.timeIntervalSince1970 }
        note("finishedAt", \.finishedAt) { $0?.timeIntervalSince1970 }
        return changes
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try databaseJSONEncoder(for: "").encode(value), as: UTF8.self)
    }
}

extension Transaction {
    /// Makes the job claimable from its `availableAt` on, and returns it with its id.
    package func insert(_ job: Job) throws -> Job {
        var job = job
        try job.insert(db)
        touched.insert(.jobs)
        return job
    }

    package func job(_ id: Int64) throws -> Job? {
        try Job.fetchReadable(db, sql: "SELECT * FROM job WHERE id = ?", arguments: [id]).first
    }

    /// The job with this key that waits or runs.
    package func openJob(withKey key: String) throws -> Job? {
        let sql = """
            SELECT * FROM job WHERE uniqueKey = ? AND state IN ('available', 'scheduled', 'running', 'retryable')
            """
        return try Job.fetchReadable(db, sql: sql, arguments: [key]).first
    }

    /// Writes what changed from `old`, the row that `new` was computed from, as long as its state, tokens and events still
    /// stand.
    ///
    /// - Throws: ``StoreError/staleJob(_:)`` when the row has moved since: nothing is written then.
    package func save(_ new: Job, over old: Job) throws {
        let changes = try new.changes(from: old)
        let assignments = (["id = id"] + changes.map { "\($0.column) = ?" }).joined(separator: ", ")
        let sql = """
            UPDATE job SET \(assignments) WHERE id = ? AND state = ? AND launchTokenHash IS ?
            AND leaseTokenHash IS ? AND lastSequence = ?
            """
        let fence: [(any DatabaseValueConvertible)?] = [
            old.id, old.state.rawValue, old.launchTokenHash, old.leaseTokenHash, old.lastSequence,
        ]
        let values = StatementArguments(changes.map(\.value) + fence)
        try db.cachedStatement(sql: sql).execute(arguments: values)
        guard db.changesCount == 1 else { throw StoreError.staleJob(old.id ?? 0) }
        if new.state != old.state { touched.insert(.jobs) }
    }

    /// Jobs of a kind that may be claimed on an engine at `now`: by priority, then the oldest first.
    package func claimableJobs(of kind: JobKind, on engine: String, now: Date, limit: Int) throws -> [Job] {
        guard limit > 0 else { return [] }
        let sql = """
            SELECT * FROM job WHERE state IN ('available', 'scheduled', 'retryable') AND kind = ? AND engine = ?
            AND awaitsConsent = 0 AND (state = 'available' OR availableAt <= ?) ORDER BY priority DESC, availableAt, id LIMIT ?
            """
        let arguments: StatementArguments = [kind.rawValue, engine, now.timeIntervalSince1970, limit]
        return try Job.fetchReadable(db, sql: sql, arguments: arguments)
    }

    /// The latest card of a blob, whichever chat asked for it.
    package func card(of blob: BlobID) throws -> BlobCard? {
        let sql = """
            SELECT * FROM job WHERE kind = 'look' AND json_extract(work, '$.arguments.blob') = ?
            AND state = 'completed' ORDER BY id DESC LIMIT 1
            """
        let job = try Job.fetchReadable(db, sql: sql, arguments: ["\(blob)"]).first
        guard case .looked(let card)? = job?.outcome else { return nil }
        return card
    }

    /// The cards of tables that a chat has looked at, the latest first, each table once.
    package func tables(ofChat chat: Int64, limit: Int) throws -> [BlobCard] {
        let sql = """
            SELECT * FROM job WHERE kind = 'look' AND json_extract(origin, '$.chat') = ?
            AND state = 'completed' ORDER BY id DESC LIMIT ?
            """
        var cards: [BlobCard] = []
        for job in try Job.fetchReadable(db, sql: sql, arguments: [chat, 10 * limit]) {
            guard case .looked(let card)? = job.outcome, card.table != nil else { continue }
            if !cards.contains(where: { $0.blob.id == card.blob.id }) { cards.append(card) }
        }
        return Array(cards.prefix(limit))
    }

    /// Open jobs whose price nobody knows yet.
    package func unpricedJobs() throws -> [Job] {
        try openJobs().filter { $0.awaitsConsent && $0.price == nil }
    }

    /// What was agreed to since `date`, in dollars.
    package func consentedPrice(since date: Date) throws -> Double {
        let sql = "SELECT TOTAL(price) FROM job WHERE consentedAt >= ?"
        return try Double.fetchOne(db, sql: sql, arguments: [date.timeIntervalSince1970]) ?? 0
    }

    /// What the latest job of the engine cost that had a price, in dollars.
    package func latestPrice(onEngine engine: String) throws -> Double? {
        let sql = "SELECT price FROM job WHERE engine = ? AND price IS NOT NULL ORDER BY id DESC LIMIT 1"
        return try Double.fetchOne(db, sql: sql, arguments: [engine])
    }

    /// Jobs that have not ended.
    package func openJobs() throws -> [Job] {
        let sql = "SELECT * FROM job WHERE state IN ('available', 'scheduled', 'running', 'retryable')"
        return try Job.fetchReadable(db, sql: sql)
    }

    package func runningJobs() throws -> [Job] {
        try Job.fetchReadable(db, sql: "SELECT * FROM job WHERE state = 'running' ORDER BY id")
    }

    /// How many jobs of the same queue and engine are before `job` in the queue, or at work.
    package func jobsAhead(of job: Job) throws -> Int {
        let kinds = (JobKind.queues.first { $0.contains(job.kind) } ?? [job.kind])
            .map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let sql = """
            SELECT COUNT(*) FROM job WHERE kind IN (\(kinds)) AND engine = ? AND id <> ? AND (state = 'running' OR
            state IN ('available', 'scheduled', 'retryable') AND (-priority, availableAt, id) < (?, ?, ?))
            """
        let arguments: StatementArguments = [
            job.engine, job.id, -job.priority, job.availableAt.timeIntervalSince1970,
            job.id,
        ]
        return try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }

    /// Runs of a chat that have not ended.
    package func openRuns(ofChat chat: Int64) throws -> [RunAndJob] {
        let sql = """
            SELECT run.id FROM run JOIN job ON job.runID = run.id WHERE run.chatID = ?
            AND job.state IN ('available', 'scheduled', 'running', 'retryable') ORDER BY run.id
            """
        return try Int64.fetchAll(db, sql: sql, arguments: [chat]).compactMap { try run($0) }
    }
}

extension JobKind {
    /// The kinds of jobs that wait in one queue, and share the places of an engine: a verification trains, too.
    package static let queues: [[JobKind]] =
        [[.train, .verify]] + allCases.filter { ![.train, .verify].contains($0) }.map { [$0] }
}

extension Job {
    /// Whether this job is before `other` in their queue.
    package func isBefore(_ other: Job) -> Bool {
        (-priority, availableAt, id ?? 0) < (-other.priority, other.availableAt, other.id ?? 0)
    }
}
