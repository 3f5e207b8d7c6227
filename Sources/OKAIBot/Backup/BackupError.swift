/// Why a backup cannot be made or restored.
enum BackupError: Error, Equatable, CustomStringConvertible {
    /// The data folder has no database.
    case nothingToBackUp(String)
    case alreadyExists(String)
    case noFolder(String)
    case insideDataFolder(String)
    case unreadable(String)
    /// The file changed while it was read.
    case changed(String)
    case nameTooLong(String)
    /// What is wrong with the archive.
    case damaged(String)
    /// The archive at the path, and what is wrong with it.
    case damagedFile(String, String)
    /// The data folder that would be overwritten.
    case folderHasData(String)

    var description: String {
        switch self {
        case .nothingToBackUp(let folder):
            "there is no database in \(folder): name the bot's data folder with \(SettingKey.dataFolder.rawValue)"
        case .alreadyExists(let path): "\(path) exists: name a new file"
        case .noFolder(let path): "there is no folder \(path): make it, or name a file elsewhere"
        case .insideDataFolder(let path):
            "\(path) is in the data folder, whose loss the backup is to survive: name a file elsewhere"
        case .unreadable(let path): "cannot read \(path)"
        case .changed(let path): "\(path) changed while it was read: try again"
        case .nameTooLong(let name): "the name \(name) is too long for an archive: rename this file"
        case .damaged(let problem): "the backup is damaged: \(problem)"
        case .damagedFile(let path, let problem): "\(path) is not a whole backup: \(problem)"
        case .folderHasData(let folder):
            "\(folder) has a bot's data: choose another folder with \(SettingKey.dataFolder.rawValue), or add --force, "
                + "which keeps the old database beside the new one"
        }
    }
}
