import Contract
import Foundation
import GRDB

extension Transaction {
    /// Writes the columns in which `new` differs from `old`.
    ///
    /// `old` is the job from which `new` was computed.
    ///
    /// - Throws: ``StoreError/staleJob(_:)`` if the state, the tokens or the last event number in the row are no longer
    ///   those of `old`; or an error of the encoder or of the database. After an error, nothing is written.
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
        guard db.changesCount == 1 else { throw StoreError.staleJob(old.id) }
        if new.state != old.state { touched.insert(.jobs) }
    }
}

extension Job {
    fileprivate typealias Change = (column: String, value: (any DatabaseValueConvertible)?)

    /// The columns in which this job differs from `old`, with their new values.
    ///
    /// GRDB's `updateChanges` is not used, because it encodes both jobs completely. With `updateChanges`,
    /// `scripts/bench jobs` counted 0.55 times as many jobs and 0.65 times as many events in a CPU second.
    fileprivate func changes(from old: Job) throws -> [Change] {
        var changes: [Change] = []
        func compare<Value: Equatable>(
            _ column: String,
            _ property: KeyPath<Job, Value>,
            _ stored: (Value) throws -> (any DatabaseValueConvertible)?
        ) rethrows {
            guard self[keyPath: property] != old[keyPath: property] else { return }
            changes.append((column, try stored(self[keyPath: property])))
        }
        compare("state", \.state) { $0.rawValue }
        compare("availableAt", \.availableAt, \.timeIntervalSince1970)
        compare("attempt", \.attempt) { $0 }
        compare("rescues", \.rescues) { $0 }
        compare("launchTokenHash", \.launchTokenHash) { $0 }
        compare("leaseTokenHash", \.leaseTokenHash) { $0 }
        compare("leaseUntil", \.leaseUntil) { $0?.timeIntervalSince1970 }
        compare("handle", \.handle) { $0 }
        compare("deadline", \.deadline) { $0?.timeIntervalSince1970 }
        compare("lastSequence", \.lastSequence) { $0 }
        compare("cancelRequested", \.cancelRequested) { $0 }
        compare("phase", \.phase) { $0?.rawValue }
        compare("fraction", \.fraction) { $0 }
        compare("note", \.note) { $0?.storable }
        try compare("spans", \.spans) { try Self.json($0) }
        try compare("outcome", \.outcome) { try $0.map(Self.json) }
        try compare("failure", \.failure) { try $0.map(Self.json) }
        compare("awaitsConsent", \.awaitsConsent) { $0 }
        compare("price", \.price) { $0 }
        compare("consentedAt", \.consentedAt) { $0?.timeIntervalSince1970 }
        compare("startedAt", \.startedAt) { $0?.timeIntervalSince1970 }
        compare("finishedAt", \.finishedAt) { $0?.timeIntervalSince1970 }
        return changes
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try databaseJSONEncoder(for: "").encode(value), as: UTF8.self)
    }
}
