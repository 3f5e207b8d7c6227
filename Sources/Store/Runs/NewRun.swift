package import Contract
package import Foundation
import GRDB

/// A run that is not in the database yet and has no id.
package struct NewRun: Codable, Equatable, Sendable {
    package let work: Work
    package let origin: Origin
    package let createdAt: Date

    package init(work: Work, origin: Origin, createdAt: Date) {
        self.work = work
        self.origin = origin
        self.createdAt = createdAt
    }
}

extension NewRun: Record {
    static var databaseTableName: String { "run" }
}

extension Transaction {
    /// Inserts a run and its job, which `job` makes from the run's id.
    package func insert(_ new: NewRun, job: (RunID) -> NewJob) throws -> Run {
        var new = new
        try new.insert(db)
        let id = RunID(db.lastInsertedRowID)
        return Run(
            id: id,
            work: new.work,
            origin: new.origin,
            liveMessage: nil,
            isQuiet: false,
            createdAt: new.createdAt,
            job: try insert(job(id))
        )
    }
}
