import Foundation
import Glibc

/// The data folder: readable only by its owner, and used by one bot at a time.
final class DataFolder: Sendable {
    /// The system releases this lock when the process ends, however it ends.
    private let lock: Int32

    /// Creates the folder if it does not exist, and locks it.
    ///
    /// - Throws: ``BotError/unusableFolder(_:)``, ``BotError/folderInUse(_:)``.
    init(_ path: String) throws {
        // New files are readable only by their owner; published images set other permissions themselves.
        umask(0o077)
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw BotError.unusableFolder(path)
        }
        // Workers must not inherit the lock: they outlive the bot.
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
