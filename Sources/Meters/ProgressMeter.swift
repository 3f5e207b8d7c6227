import Foundation
import Glibc
import Synchronization

/// Shows how far something is on standard error: a bar on a terminal, every quarter as a line elsewhere.
package final class ProgressMeter: Sendable {
    /// What is shown where there is no terminal.
    package enum Plain: Sendable { case quarters, nothing }

    private struct State {
        var pace = ProgressPace()
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

    /// `fraction` from 0 to 1, nil where nobody knows how much there is; what would look the same is not shown again.
    ///
    /// `notes` are asked for only where something is shown.
    package func show(_ fraction: Double?, notes: @autoclosure () -> [String] = []) {
        state.withLock { state in
            guard isTerminal || plain == .quarters, !state.hasEnded else { return }
            let steps = isTerminal ? 100 : 4
            let now = ContinuousClock.now
            guard state.pace.takes(fraction, steps: steps, byTime: isTerminal, now: now) else { return }
            let line = ProgressLine(
                label: label,
                fraction: fraction,
                notes: notes(),
                left: state.pace.left(fraction, now: now)
            )
            emit(isTerminal ? Self.clear + line.bar(columns: Self.columns - 1) : "\(line.plain)\n")
        }
    }

    /// A line of somebody else's, above the bar.
    package func pass(_ line: String) {
        state.withLock { _ in emit(isTerminal ? "\(Self.clear)\(line)\n" : "\(line)\n") }
    }

    /// Clears the line; what comes later is not shown.
    package func end() {
        state.withLock { state in
            if isTerminal, state.pace.hasShown, !state.hasEnded { emit(Self.clear) }
            state.hasEnded = true
        }
    }

    private static let clear = "\r\u{1B}[K"

    private static var columns: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private func emit(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
