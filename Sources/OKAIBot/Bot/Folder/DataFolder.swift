import Foundation
import Glibc

/// The data folder, which only one bot at a time can use.
///
/// The folder and the files in it are created so that only their owner can read them.
final class DataFolder: Sendable {
    /// The descriptor of the locked file.
    ///
    /// The system releases the lock when the process ends, even by a crash.
    private let lock: Int32

    /// The permissions that were too wide and are mended, one line each.
    let mended: [String]

    /// Creates the folder if it does not exist, and locks it.
    ///
    /// - Throws: ``BotError/folderInUse(_:)`` if another bot has locked the folder; ``BotError/unusableFolder(_:)`` if
    ///   the folder cannot be created or locked for another reason; ``BotError/exposedFolder(_:mode:)``;
    ///   ``SettingsError`` if there is a file instead.
    init(_ path: String) throws {
        // Makes new files readable only by their owner. Published images get other permissions when they are published.
        umask(0o077)
        var isFolder: ObjCBool = true
        guard !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) || isFolder.boolValue
        else {
            throw SettingsError.unusable(.dataFolder, "\(path) is a file: name a folder")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw BotError.unusableFolder(path)
        }
        mended = try FolderModes(folder: path).mend()
        // Workers must not inherit the lock, because they may run longer than the bot.
        lock = open("\(path)/okai.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw BotError.unusableFolder(path) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(lock)
            throw reason == EWOULDBLOCK ? BotError.folderInUse(path) : BotError.unusableFolder(path)
        }
    }

    deinit {
        close(lock)
    }
}
