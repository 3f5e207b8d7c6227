package import Foundation
import GRDB

/// One thing that happened to a run, when, and who did it where a person did.
package struct RunEvent: Codable, Equatable, Sendable {
    package enum What: String, Codable, Sendable {
        /// A person asked for the run.
        case asked
        /// A worker took it up; `detail` says on which engine.
        case started
        /// A phase began; `detail` is its name.
        case phase
        /// A person asked to stop.
        case stopAsked
        /// It failed, and will be tried again; `detail` says why.
        case waits
        /// Its worker was lost.
        case lost
        case succeeded
        case cancelled
        /// It failed for good; `detail` says why.
        case failed
    }

    package var id: Int64?
    package var runID: Int64
    package var at: Date
    package var what: What
    package var who: String?
    package var detail: String?
}

extension RunEvent: Record {
    static var databaseTableName: String { "runEvent" }
}

extension Transaction {
    /// Adds to the run's timeline.
    package func note(
        _ what: RunEvent.What,
        ofRun run: Int64,
        by who: String? = nil,
        _ detail: String? = nil,
        at now: Date
    ) throws {
        var event = RunEvent(runID: run, at: now, what: what, who: who, detail: detail)
        try event.insert(db)
    }

    /// The timeline of a run, oldest first: its newest `limit` entries.
    package func events(ofRun run: Int64, limit: Int) throws -> [RunEvent] {
        let sql = "SELECT * FROM runEvent WHERE runID = ? ORDER BY id DESC LIMIT ?"
        return try RunEvent.fetchAll(db, sql: sql, arguments: [run, limit]).reversed()
    }
}
