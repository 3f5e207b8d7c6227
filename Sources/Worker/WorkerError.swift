/// Why the worker program cannot do what it was asked.
enum WorkerError: Error, Equatable, CustomStringConvertible {
    case unknownVerb(String)
    case unreadableRequest(String)
    case cannotStart(String)

    var description: String {
        switch self {
        case .unknownVerb(let verb): "there is no verb \"\(verb)\": use launch, run, train or predict"
        case .unreadableRequest(let form): "standard input must hold the JSON of a \(form)"
        case .cannotStart(let reason): "cannot start a worker: \(reason)"
        }
    }
}
