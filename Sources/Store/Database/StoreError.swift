package import Contract
import GRDB

/// Why an operation of the store failed.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    case cannotCopy(path: String, to: String, reason: String)
    /// A later version of this program wrote the file.
    case tooNew(path: String)
    case noRun(RunID)
    case noJob(JobID)
    /// The job's row changed between load and save.
    case staleJob(JobID)
    /// The disk is full, read-only or broken, the memory is used up, or another process has locked the file.
    ///
    /// A later try may succeed.
    case unavailable(String)
    /// The transaction was committed, but the closure's result is missing.
    case noResult

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the database \(path): \(reason)"
        case .cannotCopy(let path, let copy, let reason):
            "cannot copy the database \(path) to \(copy): \(reason)"
        case .tooNew(let path):
            "the database \(path) was written by a newer version of this program: update it, or restore a backup"
        case .noRun(let id): "there is no run \(id)"
        case .noJob(let id): "there is no job \(id)"
        case .staleJob(let id): "job \(id) has changed since it was read"
        case .unavailable(let reason): "the database cannot be used now: \(reason)"
        case .noResult: "the transaction ended without a result"
        }
    }

    /// ``unavailable(_:)`` if the disk, the memory or another process caused `error`; otherwise `error` itself.
    static func classified(_ error: any Error) -> any Error {
        guard let database = error as? DatabaseError else { return error }
        let codes: [ResultCode] = [
            .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_CANTOPEN,
            .SQLITE_NOMEM,
        ]
        let isUnavailable = codes.contains(database.resultCode.primaryResultCode)
        return isUnavailable ? StoreError.unavailable(message(of: database)) : error
    }

    /// SQLite's message without the SQL statement, or the description of an error that is not SQLite's.
    static func message(of error: any Error) -> String {
        guard let database = error as? DatabaseError else { return "\(error)" }
        // SQLite's own text for it is "database or disk is full", or "not an error" while it copies.
        if database.resultCode.primaryResultCode == .SQLITE_FULL { return "the disk is full" }
        return database.message ?? "\(error)"
    }
}
