/// Why an engine could not do what it was asked.
package enum EngineError: Error, Equatable, CustomStringConvertible {
    case cannotStart(String)
    case unreadableHandle(String)

    package var description: String {
        switch self {
        case .cannotStart(let reason):
            "cannot start a worker: \(reason.split(separator: "\n").last ?? "it gave no reason")"
        case .unreadableHandle(let handle): "\"\(handle.prefix(100))\" does not name a worker"
        }
    }
}
