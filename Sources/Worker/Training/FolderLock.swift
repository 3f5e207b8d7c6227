import Glibc

/// An exclusive lock on a folder; the system releases it at the latest when the process ends.
final class FolderLock {
    private let descriptor: Int32

    /// Nil if the folder is locked already, or if `path` is not a folder that can be opened.
    ///
    /// A symbolic link to a folder does not count as a folder.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}
