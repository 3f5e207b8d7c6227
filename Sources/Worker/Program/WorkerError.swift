/// Why the worker program cannot do what it was asked.
enum WorkerError: Error, Equatable, CustomStringConvertible {
    case unknownVerb(String)
    case unreadableRequest(String)
    case cannotStart(String)
    /// The machine was told nothing that leads to a job; the names of the sources that there were.
    case noSettings(folder: String, sources: [String])
    case buildFailed(String)
    case noReceipt(String)
    case noModel(path: String, reason: String)

    var description: String {
        switch self {
        case .unknownVerb(let verb):
            "there is no verb \"\(verb)\": use launch, run, boot, train, predict or verify"
        case .unreadableRequest(let form): "standard input must hold the JSON of a \(form)"
        case .cannotStart(let reason): "cannot start a worker: \(reason)"
        case .noSettings(let folder, let sources):
            "nothing in \(folder) names a bot with a job or an enrolment token "
                + "(looked at: \(sources.isEmpty ? "nothing" : sources.joined(separator: ", ")))"
        case .buildFailed(let reason): reason
        case .noModel(let path, let reason): "\(path): \(reason)"
        case .noReceipt(let path): "the file \(path) is not a receipt: name one, or a blob ID"
        }
    }
}
