/// Why an engine could not start or stop a worker.
package enum EngineError: Error, Equatable, CustomStringConvertible {
    case cannotStart(String)
    /// The engine has no room; the runner starts the worker again after `retryAfter`.
    case noRoom(retryAfter: Duration)
    case unreadableHandle(String)

    package var description: String {
        switch self {
        case .cannotStart(let reason):
            "cannot start a worker: \(reason.split(separator: "\n").last ?? "it gave no reason")"
        case .noRoom(let wait): "there is no room for a worker now; the bot asks again in \(wait)"
        case .unreadableHandle(let handle): "\"\(handle.prefix(100))\" does not name a worker"
        }
    }
}
