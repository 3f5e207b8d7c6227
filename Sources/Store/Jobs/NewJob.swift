package import Contract
package import Foundation
import GRDB

/// A job that is not in the database yet and has no id.
package struct NewJob: Codable, Equatable, Sendable {
    package let runID: RunID?
    let kind: JobKind
    package let work: Work
    package let origin: Origin
    package let engine: EngineName
    /// The earliest time at which the job may be launched.
    package var availableAt: Date
    /// Jobs of a higher priority are launched first.
    package var priority = 0
    /// While a job with this key is open, no other job with the key can be inserted.
    package var uniqueKey: String?
    /// Whether the job must not be launched before an admin has agreed to the price.
    package var awaitsConsent = false
    package let createdAt: Date

    // The initial values of the other columns that may not be NULL.
    private var state = Job.State.available
    private var attempt = 0
    private var rescues = 0
    private var lastSequence = 0
    private var cancelRequested = false
    private var spans: [Job.Span] = []

    package init(
        runID: RunID? = nil,
        work: Work,
        origin: Origin,
        engine: EngineName = .local,
        createdAt: Date
    ) {
        self.runID = runID
        kind = work.kind
        self.work = work
        self.origin = origin
        self.engine = engine
        availableAt = createdAt
        self.createdAt = createdAt
    }
}

extension NewJob: Record {
    static var databaseTableName: String { Job.databaseTableName }
}

extension Transaction {
    /// Inserts a job that may be launched from its `availableAt` on.
    package func insert(_ new: NewJob) throws -> Job {
        var new = new
        try new.insert(db)
        touched.insert(.jobs)
        return Job(id: JobID(db.lastInsertedRowID), new)
    }
}
