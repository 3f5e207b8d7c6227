import GRDB

/// Why the store could not do what was asked.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    case noRun(Int64)
    case noJob(Int64)
    /// Somebody else moved the job between load and save.
    case staleJob(Int64)
    case noResult

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the database \(path): \(reason)"
        case .noRun(let id): "there is no run \(id)"
        case .noJob(let id): "there is no job \(id)"
        case .staleJob(let id): "job \(id) has moved on meanwhile"
        case .noResult: "the transaction ended without a result"
        }
    }

    /// SQLite's own words for `error`, without the statement.
    static func words(of error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }
}
