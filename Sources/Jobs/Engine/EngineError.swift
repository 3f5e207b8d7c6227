/// Why an engine could not start or stop a worker.
package enum EngineError: Error, Equatable, CustomStringConvertible {
    case cannotStart(String)
    /// The engine can start no worker now, for example for lack of room; the runner tries again after `retryAfter`.
    case noRoom(retryAfter: Duration)
    case unreadableHandle(String)

    package var description: String {
        switch self {
        case .cannotStart(let reason):
            "cannot start a worker: \(reason.split(separator: "\n").last ?? "it gave no reason")"
        case .noRoom(let wait): "no worker can be started now; the bot tries again in \(wait)"
        case .unreadableHandle(let handle): "\"\(handle.prefix(100))\" does not name a worker"
        }
    }
}
