import Foundation
import Glibc
import Synchronization

/// Shows how far something is on standard error: a bar on a terminal, every quarter as a line elsewhere.
final class ProgressMeter: Sendable {
    private let label: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let lastShown = Mutex(0)

    init(label: String) {
        self.label = label
    }

    /// `fraction` from 0 to 1; what would look the same is not shown again.
    func show(_ fraction: Double, note: String?) {
        let step = Int(fraction * (isTerminal ? 40 : 4))
        let isNew = lastShown.withLock { last in
            defer { last = max(last, step) }
            return step > last
        }
        guard isNew else { return }
        let note = note.map { "  \($0)" } ?? ""
        if isTerminal {
            let bar = String(repeating: "█", count: step) + String(repeating: "░", count: 40 - step)
            emit("\r\u{1B}[K\(label)  \(bar)\(note)")
        } else {
            emit("\(label) \(Int(fraction * 100)) %\(note)\n")
        }
    }

    func end() {
        if isTerminal { emit("\r\u{1B}[K") }
    }

    private func emit(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
