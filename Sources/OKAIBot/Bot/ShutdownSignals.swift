import Contract
import Glibc
import UnixSignals

/// The signals that end the bot.
enum ShutdownSignals {
    /// The signals at which the bot shuts down.
    ///
    /// SIGHUP is one of them only in a terminal, where it says that the terminal was closed. A service gets it for a log
    /// rotation, for which the bot has nothing to do, because it logs to standard error.
    static var graceful: [UnixSignal] {
        hangupEnds ? [.sigterm, .sigint, .sighup] : [.sigterm, .sigint]
    }

    /// From now on, other signals do nothing.
    static func prepare() {
        HarmlessSignals.survive(HarmlessSignals.all.filter { $0 != SIGHUP || !hangupEnds })
    }

    private static let hangupEnds =
        [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].contains { isatty($0) == 1 }
        && !HarmlessSignals.isIgnored(SIGHUP)
}
