import Foundation
import Glibc

/// The folder that everything is kept in, for its owner alone and for one bot at a time.
final class DataFolder: Sendable {
    /// Locked as long as this process lives, however it ends.
    private let lock: Int32

    /// Makes the folder where there is none, and takes it.
    ///
    /// - Throws: ``BotError/unusableFolder(_:)``, ``BotError/folderInUse(_:)``.
    init(_ path: String) throws {
        // Others may pass through to published images, which say so themselves: all else is the owner's alone.
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
        // Workers must not inherit it: they outlive the bot.
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
