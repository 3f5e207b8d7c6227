import Glibc

/// Wakes a thread that waits in `poll`.
final class Wake: Sendable {
    /// Readable after ``ring()``, until ``reset()``.
    let descriptor: Int32
    private let other: Int32

    /// Returns nil if the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (descriptor, other) = (ends[0], ends[1])
    }

    func ring() {
        var byte: UInt8 = 1
        // A full pipe wakes the thread as well.
        _ = unsafe write(other, &byte, 1)
    }

    func reset() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while unsafe read(descriptor, &bytes, bytes.count) > 0 {}
    }

    deinit {
        close(descriptor)
        close(other)
    }
}
