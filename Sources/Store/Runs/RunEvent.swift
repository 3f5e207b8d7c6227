package import Contract
package import Foundation
import GRDB

/// One entry of a run's timeline.
package struct RunEvent: Codable, Equatable, Sendable {
    package enum What: String, Codable, Sendable {
        /// A person requested the run.
        case asked
        /// A worker claimed the job; `detail` names the engine.
        case started
        /// A phase began; `detail` names it.
        case phase
        /// A person asked to cancel the run.
        case stopAsked
        /// The attempt failed and will be retried; `detail` has the reason.
        case waits
        /// The worker was lost, and the job waits for another worker.
        case lost
        case succeeded
        case cancelled
        /// The run failed for good; `detail` has the reason.
        case failed
    }

    package var runID: RunID
    package var at: Date
    package var what: What
    /// The name of the person who caused the event; nil if no person did.
    package var who: String?
    package var detail: String?
}

extension RunEvent: Record {
    static var databaseTableName: String { "runEvent" }
}

extension Transaction {
    /// Appends an entry to the run's timeline.
    package func append(
        _ what: RunEvent.What,
        toRun run: RunID,
        by who: String? = nil,
        detail: String? = nil,
        at now: Date
    ) throws {
        var event = RunEvent(runID: run, at: now, what: what, who: who, detail: detail)
        try event.insert(db)
    }

    /// The newest `limit` entries of a run's timeline, oldest first.
    package func events(ofRun run: RunID, limit: Int) throws -> [RunEvent] {
        let sql = "SELECT * FROM runEvent WHERE runID = ? ORDER BY id DESC LIMIT ?"
        return try RunEvent.fetchAll(db, sql: sql, arguments: [run, limit]).reversed()
    }
}
