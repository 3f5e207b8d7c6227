import Dispatch
import Glibc

/// Waits for the end of a process that need not be a child of this one.
package enum ProcessExit {
    private typealias OpenDescriptor = @convention(c) (pid_t, UInt32) -> Int32

    /// Returns false if the process still runs after `limit` milliseconds.
    package static func wait(for pid: Int32, limit: Int32 = 300_000) async -> Bool {
        // A pidfd becomes readable when its process ends. Swift does not import its header.
        guard let symbol = dlsym(nil, "pidfd_open") else { return false }
        let open = unsafeBitCast(symbol, to: OpenDescriptor.self)
        let descriptor = open(pid, 0)
        guard descriptor >= 0 else { return errno == ESRCH }
        return await withCheckedContinuation { continuation in
            // A queue of its own, because the call blocks and the global queues run Swift's tasks.
            DispatchQueue(label: "process exit").async {
                var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let count = poll(&poller, 1, limit)
                close(descriptor)
                continuation.resume(returning: count == 1)
            }
        }
    }
}
