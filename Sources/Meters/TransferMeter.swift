import Contract
import Synchronization
package import Walrus

/// Shows the progress of a blob's transfer and of the computation of its blob ID.
package final class TransferMeter: Sendable {
    private struct State {
        var meter: ProgressMeter?
        /// The start of the current transfer; nil while a blob ID is computed.
        var start: (time: ContinuousClock.Instant, bytes: Int)?
        var bytes = 0
        var hasEnded = false
    }

    private let label: String
    private let plain: ProgressMeter.Plain
    private let state = Mutex(State())

    package init(label: String, plain: ProgressMeter.Plain = .nothing) {
        self.label = label
        self.plain = plain
    }

    package func show(_ progress: TransferProgress) {
        state.withLock { state in
            guard !state.hasEnded else { return }
            switch progress {
            case .transferred(bytes: let bytes, of: let total): showBytes(&state, bytes, total)
            case .computingID(let fraction): showComputation(&state, fraction)
            }
        }
    }

    /// Clears the line.
    ///
    /// Later progress is not shown.
    package func end() {
        state.withLock { state in
            state.meter?.end()
            state.hasEnded = true
        }
    }

    private func showBytes(_ state: inout State, _ bytes: Int, _ total: Int?) {
        let now = ContinuousClock.now
        if state.start == nil || bytes < state.bytes {
            state.start = (now, bytes)
            state.meter?.end()
            state.meter = ProgressMeter(label: label, plain: plain)
        }
        state.bytes = bytes
        guard let start = state.start else { return }
        let fraction = total.map { $0 > 0 ? Double(bytes) / Double($0) : 1 }
        state.meter?.show(
            fraction,
            notes: [
                Self.amount(bytes, of: total), Self.rate(bytes - start.bytes, in: now - start.time),
            ].compactMap(\.self)
        )
    }

    private func showComputation(_ state: inout State, _ fraction: Double) {
        if state.start != nil || state.meter == nil {
            state.start = nil
            state.meter?.end()
            state.meter = ProgressMeter(label: "computing the ID", plain: plain)
        }
        state.meter?.show(fraction)
    }

    static func amount(_ bytes: Int, of total: Int?) -> String {
        total.map { "\(ByteCount(bytes)) of \(ByteCount($0))" } ?? "\(ByteCount(bytes))"
    }

    /// The rate, such as `12.3 MB/s`; nil in the first 0.1 s.
    static func rate(_ bytes: Int, in time: Duration) -> String? {
        let seconds = time / .seconds(1)
        return seconds < 0.1 ? nil : "\(ByteCount(Int(Double(bytes) / seconds)))/s"
    }
}
