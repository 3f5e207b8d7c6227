/// Why the program `okai-worker` cannot do what it was asked.
enum WorkerError: Error, Equatable, CustomStringConvertible {
    case unknownVerb(String)
    /// Standard input does not hold what the text describes.
    case unreadableRequest(String)
    case wrongRelayAddress(String)
    case cannotConnect(String)
    case cannotStart(String)
    /// No file in `folder` has usable boot settings; `files` are the names of the files that were read.
    case noSettings(folder: String, files: [String])
    case buildFailed(String)
    case noReceipt(path: String)
    case noModel(path: String, reason: String)
    /// The bot speaks a version of ``WorkerProtocol`` that this worker does not understand any more.
    case outdatedBot(Int, oldest: Int)

    /// Whether the caller's request itself is wrong; false if the request was right but the work failed.
    var isWrongUsage: Bool {
        switch self {
        case .unknownVerb, .unreadableRequest, .wrongRelayAddress, .noReceipt: true
        case .cannotConnect, .cannotStart, .noSettings, .buildFailed, .noModel, .outdatedBot: false
        }
    }

    var description: String {
        switch self {
        case .unknownVerb(let verb):
            "unknown verb \"\(verb)\": use launch, run, boot, relay, train, predict or verify"
        case .unreadableRequest(let form): "standard input must hold \(form)"
        case .wrongRelayAddress(let address):
            "relay needs an IPv4 address and a port as arguments, but got \"\(address)\""
        case .cannotConnect(let address): "cannot connect to \(address)"
        case .cannotStart(let reason): "cannot start a worker: \(reason)"
        case .noSettings(let folder, let files):
            "no file in \(folder) has boot settings with a job or an enrolment token "
                + "(files read: \(files.isEmpty ? "none" : files.joined(separator: ", ")))"
        case .buildFailed(let reason): reason
        case .noModel(let path, let reason): "\(path): \(reason)"
        case .outdatedBot(let version, let oldest):
            "the bot speaks protocol \(version), and this worker needs \(oldest) or later: update the bot"
        case .noReceipt(let path): "the file \(path) is not a receipt: name a receipt or a blob ID"
        }
    }
}
