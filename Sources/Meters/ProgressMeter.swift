import Contract
import Glibc
import Synchronization

/// Shows progress on standard error: a bar on a terminal, otherwise a line for every quarter of the work or nothing.
package final class ProgressMeter: Sendable {
    /// The output if standard error is not a terminal.
    package enum Plain: Sendable { case quarters, nothing }

    private struct State {
        var throttle = ProgressThrottle()
        var hasEnded = false
    }

    private let label: String
    private let plain: Plain
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    package init(label: String, plain: Plain = .quarters) {
        self.label = label
        self.plain = plain
    }

    /// Shows the progress, unless it changed too little or too soon since the last output.
    ///
    /// `fraction` is from 0 to 1, or nil if the total is unknown. `notes` is evaluated only if something is shown.
    package func show(_ fraction: Double?, notes: @autoclosure () -> [String] = []) {
        state.withLock { state in
            guard isTerminal || plain == .quarters, !state.hasEnded else { return }
            let steps = isTerminal ? 100 : 4
            let now = ContinuousClock.now
            guard state.throttle.shouldShow(fraction, steps: steps, byTime: isTerminal, now: now) else {
                return
            }
            let line = ProgressLine(
                label: label,
                fraction: fraction,
                notes: notes(),
                left: state.throttle.left(fraction, now: now)
            )
            emit(isTerminal ? Self.clear + line.bar(columns: Self.columns - 1) : "\(line.plain)\n")
        }
    }

    /// Prints a line above the bar.
    package func print(_ line: String) {
        state.withLock { _ in emit(isTerminal ? "\(Self.clear)\(line)\n" : "\(line)\n") }
    }

    /// Clears the line.
    ///
    /// Later progress is not shown.
    package func end() {
        state.withLock { state in
            if isTerminal, state.throttle.hasShown, !state.hasEnded { emit(Self.clear) }
            state.hasEnded = true
        }
    }

    private static let clear = "\r\u{1B}[K"

    private static var columns: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private func emit(_ text: String) {
        StandardError.write(text)
    }
}
