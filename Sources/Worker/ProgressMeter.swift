import Foundation
import Glibc
import Synchronization

/// Shows how far something is on standard error: a bar on a terminal, every quarter as a line elsewhere.
final class ProgressMeter: Sendable {
    private struct State {
        var lastShown = 0
        /// When it was first heard of: what is left is judged from there.
        var start: ContinuousClock.Instant?
    }

    private let label: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(label: String) {
        self.label = label
    }

    /// `fraction` from 0 to 1; what would look the same is not shown again.
    func show(_ fraction: Double, note: String?) {
        let step = Int(fraction * (isTerminal ? 40 : 4))
        let now = ContinuousClock.now
        let (isNew, start) = state.withLock { state in
            let isNew = step > state.lastShown
            state.lastShown = max(state.lastShown, step)
            state.start = state.start ?? now
            return (isNew, state.start ?? now)
        }
        guard isNew else { return }
        let remarks = [note, Self.left(fraction, since: now - start)].compactMap(\.self)
        let tail = remarks.map { "  \($0)" }.joined()
        if isTerminal {
            let bar = String(repeating: "█", count: step) + String(repeating: "░", count: 40 - step)
            emit("\r\u{1B}[K\(label)  \(bar)\(tail)")
        } else {
            emit("\(label) \(Int(fraction * 100)) %\(tail)\n")
        }
    }

    /// A line of somebody else's, above the bar.
    func pass(_ line: String) {
        emit(isTerminal ? "\r\u{1B}[K\(line)\n" : "\(line)\n")
    }

    func end() {
        if isTerminal { emit("\r\u{1B}[K") }
    }

    /// How long the rest takes, if it goes on as it went; nil where that is soon or nobody can tell yet.
    private static func left(_ fraction: Double, since elapsed: Duration) -> String? {
        guard fraction > 0, fraction < 1 else { return nil }
        let seconds = Int((elapsed / .seconds(1) * (1 - fraction) / fraction).rounded())
        guard seconds >= 2 else { return nil }
        return seconds < 120 ? "\(seconds) s left" : "\((seconds + 30) / 60) min left"
    }

    private func emit(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
