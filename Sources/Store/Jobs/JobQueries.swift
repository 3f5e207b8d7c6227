package import Contract
package import Foundation
import GRDB

extension Transaction {
    package func job(_ id: JobID) throws -> Job? {
        try Job.fetchReadable(db, sql: "SELECT * FROM job WHERE id = ?", arguments: [id]).first
    }

    /// The open job with this key.
    package func openJob(withKey key: String) throws -> Job? {
        let sql = "SELECT * FROM job WHERE uniqueKey = ? AND state IN (\(Job.State.open))"
        return try Job.fetchReadable(db, sql: sql, arguments: [key]).first
    }

    /// Jobs that have not ended.
    package func openJobs() throws -> [Job] {
        try Job.fetchReadable(db, sql: "SELECT * FROM job WHERE state IN (\(Job.State.open))")
    }

    /// The latest job; nil if there was none yet.
    package func lastJobID() throws -> JobID? {
        try JobID.fetchOne(db, sql: "SELECT MAX(id) FROM job")
    }

    /// Whether a job that was made after `last` has failed.
    package func hasFailedJob(after last: JobID?) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM job WHERE id > ? AND state = 'discarded')"
        return try Bool.fetchOne(db, sql: sql, arguments: [last?.rawValue ?? 0]) ?? false
    }

    package func runningJobs() throws -> [Job] {
        try Job.fetchReadable(db, sql: "SELECT * FROM job WHERE state = 'running' ORDER BY id")
    }

    /// Jobs of a kind that may be launched on an engine at `now`: by priority, then the oldest first.
    package func claimableJobs(of kind: JobKind, on engine: EngineName, now: Date, limit: Int) throws -> [Job]
    {
        guard limit > 0 else { return [] }
        let sql = """
            SELECT * FROM job WHERE state IN ('available', 'scheduled', 'retryable') AND kind = ? AND engine = ?
            AND awaitsConsent = 0 AND (state = 'available' OR availableAt <= ?) ORDER BY priority DESC, availableAt, id LIMIT ?
            """
        let arguments: StatementArguments = [kind.rawValue, engine, now.timeIntervalSince1970, limit]
        return try Job.fetchReadable(db, sql: sql, arguments: arguments)
    }

    /// The number of jobs in the queue and engine of `job` that are running, or wait before `job`.
    package func jobsAhead(of job: Job) throws -> Int {
        let kinds = (JobKind.queues.first { $0.contains(job.kind) } ?? [job.kind])
            .map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let sql = """
            SELECT COUNT(*) FROM job WHERE kind IN (\(kinds)) AND engine = ? AND id <> ? AND (state = 'running' OR
            state IN ('available', 'scheduled', 'retryable') AND (-priority, availableAt, id) < (?, ?, ?))
            """
        let arguments: StatementArguments = [
            job.engine, job.id, -job.priority, job.availableAt.timeIntervalSince1970, job.id,
        ]
        return try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }
}

// MARK: - Cards

extension Transaction {
    /// The latest card of a blob, whichever chat it was made for.
    package func card(of blob: BlobID) throws -> BlobCard? {
        let sql = """
            SELECT * FROM job WHERE kind = 'look' AND json_extract(work, '$.arguments.blob') = ?
            AND state = 'completed' ORDER BY id DESC LIMIT 1
            """
        let job = try Job.fetchReadable(db, sql: sql, arguments: ["\(blob)"]).first
        guard case .looked(let card)? = job?.outcome else { return nil }
        return card
    }

    /// The cards of the tables that a chat has looked at, latest first, one card for each blob, at most `limit` cards.
    ///
    /// Only the chat's latest `10 * limit` jobs that looked at a blob are searched.
    package func tables(ofChat chat: ChatID, limit: Int) throws -> [BlobCard] {
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
}

// MARK: - Prices

extension Transaction {
    /// Open jobs that await consent and have no price yet.
    package func unpricedJobs() throws -> [Job] {
        try openJobs().filter { $0.awaitsConsent && $0.price == nil }
    }

    /// The sum of the prices to which admins have agreed since `date`, in dollars.
    package func consentedPrice(since date: Date) throws -> Double {
        let sql = "SELECT TOTAL(price) FROM job WHERE consentedAt >= ?"
        return try Double.fetchOne(db, sql: sql, arguments: [date.timeIntervalSince1970]) ?? 0
    }

    /// The price of the engine's latest job that had one, in dollars.
    package func latestPrice(onEngine engine: EngineName) throws -> Double? {
        let sql = "SELECT price FROM job WHERE engine = ? AND price IS NOT NULL ORDER BY id DESC LIMIT 1"
        return try Double.fetchOne(db, sql: sql, arguments: [engine])
    }
}

extension Job.State {
    /// The states of jobs that have not ended, as a list in SQL.
    static let open = "'available', 'scheduled', 'running', 'retryable'"
}
