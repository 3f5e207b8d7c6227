import Glibc

/// Signals that would end the process by default, though nothing is wrong.
package enum HarmlessSignals {
    /// The signals that end no service.
    ///
    /// Log rotation sends SIGHUP, and people send SIGUSR1 to ask for a report. After SIGXFSZ a write fails, as on a full
    /// disk.
    package static let all = [SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGXFSZ]

    /// From now on, the signals do nothing.
    ///
    /// They get a handler. If they were ignored instead, programs that this process starts would ignore them too.
    /// Signals that the parent process ignores, as `nohup` does, stay ignored.
    package static func survive(_ signals: [Int32] = all) {
        for number in signals where !isIgnored(number) { signal(number) { _ in } }
    }

    package static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
