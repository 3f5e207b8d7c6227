/// Why the bot cannot start, run another program, or draw a picture.
enum BotError: Error, Equatable, CustomStringConvertible {
    case unusableFolder(String)
    case folderInUse(String)
    /// Others can read or change the folder, and it is not this user's to change that; `mode` is octal.
    case exposedFolder(String, mode: String)
    /// The program at this path cannot be run.
    case noProgram(String)
    case noPicture(String)
    /// `chosenBy` is the name of the setting or option for the port.
    case cannotListen(host: String, port: Int, reason: String, chosenBy: String)

    var description: String {
        switch self {
        case .unusableFolder(let path):
            "cannot write to the folder \(path): choose another with \(SettingKey.dataFolder.rawValue)"
        case .folderInUse(let path):
            "another bot is using the folder \(path): stop it, or choose another with \(SettingKey.dataFolder.rawValue)"
        case .exposedFolder(let path, let mode):
            "others can read or change the folder \(path) (mode \(mode)), and it belongs to another user: run chmod 700, "
                + "or choose another with \(SettingKey.dataFolder.rawValue)"
        case .noProgram(let path):
            "cannot run \(path): install this program in the folder of okaibot"
        case .noPicture(let reason): "okai-picture failed: \(reason)"
        case .cannotListen(let host, let port, let reason, let choice):
            "cannot listen on \(host), port \(port): \(reason); choose another with \(choice)"
        }
    }
}
