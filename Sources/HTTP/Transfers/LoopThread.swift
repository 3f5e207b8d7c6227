import Glibc

/// A detached thread with all signals blocked.
///
/// This is not Foundation's `Thread`, so that this target does not need Foundation.
enum LoopThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs `body` on a new thread.
    ///
    /// Returns false if the system cannot create the thread.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let context = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, main, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
        context in
        blockSignals()
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    /// Blocks all signals in the current thread.
    ///
    /// With CURLOPT_NOSIGNAL, libcurl does not ignore SIGPIPE. If SIGPIPE were not blocked, a write to a closed TLS
    /// connection would end the process.
    private static func blockSignals() {
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
