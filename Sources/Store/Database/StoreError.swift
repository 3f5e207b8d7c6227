package import Contract
import GRDB

/// Why an operation of the store failed.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    /// The file was written by a later version of this program.
    case tooNew(path: String)
    case noRun(RunID)
    case noJob(JobID)
    /// The job's row changed between load and save.
    case staleJob(JobID)
    /// The disk is full, read-only or broken, or another process holds the file; trying again later may help.
    case unavailable(String)
    case noResult

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the database \(path): \(reason)"
        case .tooNew(let path):
            "the database \(path) was written by a newer version of this program: update it, or restore a backup"
        case .noRun(let id): "there is no run \(id)"
        case .noJob(let id): "there is no job \(id)"
        case .staleJob(let id): "job \(id) has changed meanwhile"
        case .unavailable(let reason): "the database cannot be written now: \(reason)"
        case .noResult: "the transaction ended without a result"
        }
    }

    /// `error` as ``unavailable(_:)`` if its cause is the disk or another process; otherwise unchanged.
    static func classified(_ error: any Error) -> any Error {
        guard let database = error as? DatabaseError else { return error }
        let codes: [ResultCode] = [
            .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_CANTOPEN,
            .SQLITE_NOMEM,
        ]
        let isUnavailable = codes.contains(database.resultCode.primaryResultCode)
        return isUnavailable ? StoreError.unavailable(message(of: database)) : error
    }

    /// SQLite's message for `error`, without the statement.
    static func message(of error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }
}
