package import Contract
package import Foundation
import GRDB

/// The work that a person requested, with its latest job.
///
/// People refer to a run by its id.
package struct Run: Equatable, Sendable {
    package let id: RunID
    package let work: Work
    package let origin: Origin
    /// The message that shows the run and is edited when the run changes.
    ///
    /// Nil until the message is sent, and after it was deleted.
    package let liveMessage: MessageID?
    /// Whether the message about the run's end makes no sound.
    package let isQuiet: Bool
    package let createdAt: Date
    /// The latest job of the run; the job's state is also the state of the run.
    package let job: Job
}

/// A row of the table `run`.
private struct RunRow: Codable, Record {
    static var databaseTableName: String { "run" }

    var id: RunID
    var work: Work
    var origin: Origin
    var anchorID: MessageID?
    var isQuiet: Bool
    var createdAt: Date
}

extension Run {
    fileprivate init(_ row: RunRow, _ job: Job) {
        id = row.id
        work = row.work
        origin = row.origin
        liveMessage = row.anchorID
        isQuiet = row.isQuiet
        createdAt = row.createdAt
        self.job = job
    }
}

extension Transaction {
    package func run(_ id: RunID) throws -> Run? {
        let rows = try RunRow.fetchReadable(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [id])
        let sql = "SELECT * FROM job WHERE runID = ? ORDER BY id DESC LIMIT 1"
        let jobs = try Job.fetchReadable(db, sql: sql, arguments: [id])
        guard let row = rows.first, let job = jobs.first else { return nil }
        return Run(row, job)
    }

    /// The latest runs of a chat, newest first.
    package func runs(ofChat chat: ChatID, limit: Int) throws -> [Run] {
        try runs(ofChat: chat, in: Job.State.allCases, limit: limit)
    }

    /// Runs of a chat in one of `states`, newest first, without the first `skipping` runs.
    package func runs(ofChat chat: ChatID, in states: [Job.State], skipping: Int = 0, limit: Int) throws
        -> [Run]
    {
        let sql = "SELECT run.id \(Self.runsOfChat(in: states)) ORDER BY run.id DESC LIMIT ? OFFSET ?"
        return try RunID.fetchAll(db, sql: sql, arguments: [chat, limit, skipping]).compactMap { try run($0) }
    }

    package func runCount(ofChat chat: ChatID, in states: [Job.State]) throws -> Int {
        let sql = "SELECT COUNT(*) \(Self.runsOfChat(in: states))"
        return try Int.fetchOne(db, sql: sql, arguments: [chat]) ?? 0
    }

    /// The runs of a chat that have not ended, oldest first.
    package func openRuns(ofChat chat: ChatID) throws -> [Run] {
        let sql = """
            SELECT run.id FROM run JOIN job ON job.runID = run.id WHERE run.chatID = ?
            AND job.state IN (\(Job.State.open)) ORDER BY run.id
            """
        return try RunID.fetchAll(db, sql: sql, arguments: [chat]).compactMap { try run($0) }
    }

    /// The runs of a chat that `user` has started and that failed, oldest first, at most the latest `limit`.
    ///
    /// A run is left out if its work was started again in this chat since.
    package func failedRuns(ofChat chat: ChatID, startedBy user: UserID, limit: Int) throws -> [Run] {
        let sql = """
            SELECT id FROM (
                SELECT run.id AS id, job.state AS state, json_extract(run.origin, '$.user') AS user,
                    ROW_NUMBER() OVER (PARTITION BY run.work ORDER BY run.id DESC) AS age
                FROM run JOIN job ON job.id = (SELECT MAX(id) FROM job WHERE runID = run.id)
                WHERE run.chatID = ?
            ) WHERE age = 1 AND state = 'discarded' AND user = ? ORDER BY id DESC LIMIT ?
            """
        return try RunID.fetchAll(db, sql: sql, arguments: [chat, user, limit]).reversed()
            .compactMap { try run($0) }
    }

    /// The SQL that selects the runs of a chat whose latest job is in one of `states`.
    private static func runsOfChat(in states: [Job.State]) -> String {
        let names = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            FROM run JOIN job ON job.id = (SELECT MAX(id) FROM job WHERE runID = run.id)
            WHERE run.chatID = ? AND job.state IN (\(names))
            """
    }

    /// Sets whether the message about the run's end makes no sound.
    package func setQuiet(_ isQuiet: Bool, run id: RunID) throws {
        try db.execute(sql: "UPDATE run SET isQuiet = ? WHERE id = ?", arguments: [isQuiet, id])
    }

    /// Sets the message that shows the run; with nil, the next edit sends a new message.
    package func setLiveMessage(_ message: MessageID?, ofRun id: RunID) throws {
        try db.execute(sql: "UPDATE run SET anchorID = ? WHERE id = ?", arguments: [message, id])
    }

    /// The run whose live message or end message is the message `id` of `chat`.
    package func run(shownBy id: MessageID, inChat chat: ChatID) throws -> RunID? {
        let sql = """
            SELECT id FROM run WHERE chatID = ?1 AND anchorID = ?2 UNION ALL
            SELECT subject FROM outbox WHERE kind = 'ended' AND chatID = ?1 AND messageID = ?2 LIMIT 1
            """
        return try RunID.fetchOne(db, sql: sql, arguments: [chat, id])
    }
}
