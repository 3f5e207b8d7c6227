package import Contract
package import Foundation
import GRDB

/// What a person asked for, under the short number that people use: run 7.
///
/// How it goes stands in its job alone.
package struct Run: Codable, Equatable, Sendable {
    package var id: Int64?
    package var work: Work
    package var origin: Origin
    /// The message that shows the run and is edited as it moves; nil until it was sent.
    package var anchorID: Int64?
    /// Whether its end is told without a sound.
    package var isQuiet = false
    package var createdAt: Date

    package init(work: Work, origin: Origin, createdAt: Date) {
        self.work = work
        self.origin = origin
        self.createdAt = createdAt
    }
}

/// Where a request came from, and so where its answer goes.
package struct Origin: Codable, Equatable, Sendable {
    package var chat: Int64
    /// The forum topic, where the chat has topics.
    package var thread: Int64?
    /// The message that asked, to reply to.
    package var message: Int64?
    package var user: Int64
    package var userName: String

    package init(chat: Int64, thread: Int64? = nil, message: Int64? = nil, user: Int64, userName: String) {
        self.chat = chat
        self.thread = thread
        self.message = message
        self.user = user
        self.userName = userName
    }
}

extension Run: Record {
    static var databaseTableName: String { "run" }

    mutating func didInsert(_ inserted: InsertionSuccess) {
        id = inserted.rowID
    }
}

/// A run together with the job that does it.
package struct RunAndJob: Equatable, Sendable {
    package var run: Run
    package var job: Job
    /// The run's number.
    package var number: Int64 { run.id ?? 0 }
}

extension Transaction {
    /// Records what was asked, and returns it with its number.
    package func insert(_ run: Run) throws -> Run {
        var run = run
        try run.insert(db)
        return run
    }

    package func run(_ id: Int64) throws -> RunAndJob? {
        let runs = try Run.fetchReadable(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [id])
        let sql = "SELECT * FROM job WHERE runID = ? ORDER BY id DESC LIMIT 1"
        let jobs = try Job.fetchReadable(db, sql: sql, arguments: [id])
        guard let run = runs.first, let job = jobs.first else { return nil }
        return RunAndJob(run: run, job: job)
    }

    /// The latest runs of a chat, newest first.
    package func runs(ofChat chat: Int64, limit: Int) throws -> [RunAndJob] {
        try runs(ofChat: chat, in: Job.State.allCases, limit: limit)
    }

    /// Runs of a chat that are in one of `states`, newest first, `skipping` the newest of them.
    package func runs(ofChat chat: Int64, in states: [Job.State], skipping: Int = 0, limit: Int) throws
        -> [RunAndJob]
    {
        let sql = "SELECT run.id \(Self.runsOfChat(in: states)) ORDER BY run.id DESC LIMIT ? OFFSET ?"
        return try Int64.fetchAll(db, sql: sql, arguments: [chat, limit, skipping]).compactMap { try run($0) }
    }

    package func runCount(ofChat chat: Int64, in states: [Job.State]) throws -> Int {
        let sql = "SELECT COUNT(*) \(Self.runsOfChat(in: states))"
        return try Int.fetchOne(db, sql: sql, arguments: [chat]) ?? 0
    }

    /// A run is what its latest job is.
    private static func runsOfChat(in states: [Job.State]) -> String {
        let names = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            FROM run JOIN job ON job.id = (SELECT MAX(id) FROM job WHERE runID = run.id)
            WHERE run.chatID = ? AND job.state IN (\(names))
            """
    }

    /// Has the end of a run told with a sound, or without.
    package func setQuiet(_ isQuiet: Bool, run id: Int64) throws {
        try db.execute(sql: "UPDATE run SET isQuiet = ? WHERE id = ?", arguments: [isQuiet, id])
    }

    package func setAnchor(_ message: Int64?, ofRun id: Int64) throws {
        try db.execute(sql: "UPDATE run SET anchorID = ? WHERE id = ?", arguments: [message, id])
    }
}

extension Transaction {
    /// The run whose live message or end is the message `id` of that chat.
    package func run(shownBy id: Int64, inChat chat: Int64) throws -> Int64? {
        let sql = """
            SELECT id FROM run WHERE chatID = ?1 AND anchorID = ?2 UNION ALL
            SELECT subject FROM outbox WHERE kind = 'ended' AND chatID = ?1 AND messageID = ?2 LIMIT 1
            """
        return try Int64.fetchOne(db, sql: sql, arguments: [chat, id])
    }
}
