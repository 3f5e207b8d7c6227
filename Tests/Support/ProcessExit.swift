import Dispatch
import Glibc

/// Waits until a process has ended that need not be a child of this one.
package enum ProcessExit {
    private typealias OpenDescriptor = @convention(c) (pid_t, UInt32) -> Int32

    /// Returns false where the process still runs after `limit` milliseconds.
    package static func wait(for pid: Int32, limit: Int32 = 300_000) async -> Bool {
        // Linux's descriptor for a process becomes readable when that ends; Swift doesn't see the header.
        guard let symbol = dlsym(nil, "pidfd_open") else { return false }
        let open = unsafeBitCast(symbol, to: OpenDescriptor.self)
        let descriptor = open(pid, 0)
        guard descriptor >= 0 else { return errno == ESRCH }
        return await withCheckedContinuation { continuation in
            // Not a global queue: Swift's pool runs on those, and this blocks.
            DispatchQueue(label: "process exit").async {
                var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let count = poll(&poller, 1, limit)
                close(descriptor)
                continuation.resume(returning: count == 1)
            }
        }
    }
}
