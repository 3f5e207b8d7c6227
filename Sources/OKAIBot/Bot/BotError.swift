/// Why the bot cannot start, or draw a picture.
enum BotError: Error, Equatable, CustomStringConvertible {
    case unusableFolder(String)
    case folderInUse(String)
    case noWorker(String)
    case noPicture(String)
    case cannotListen(host: String, port: Int, reason: String, chosenBy: String)

    var description: String {
        switch self {
        case .unusableFolder(let path):
            "cannot write to the folder \(path): choose another with \(SettingKey.dataFolder.rawValue)"
        case .folderInUse(let path):
            "another bot is using the folder \(path): stop it, or choose another with \(SettingKey.dataFolder.rawValue)"
        case .noWorker(let path):
            "the worker program is missing: \(path) must lie beside okaibot"
        case .noPicture(let reason): "okai-picture failed: \(reason)"
        case .cannotListen(let host, let port, let reason, let choice):
            "cannot listen on \(host), port \(port): \(reason); choose another with \(choice)"
        }
    }
}
