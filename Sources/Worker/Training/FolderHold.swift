import Glibc

/// A hold on a folder, which no other process has at the same time, and which ends with the process at the latest.
final class FolderHold {
    private let descriptor: Int32

    /// Nil where it is held, or no folder.
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
