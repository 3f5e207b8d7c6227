import Synchronization

/// A clock on which every sleep ends at once; it records how long each was to last.
package final class InstantClock: Clock, Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct State {
        var now = ContinuousClock().now
        var waits: [Duration] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock { $0.now } }
    package var minimumResolution: Duration { .zero }
    package var waits: [Duration] { state.withLock { $0.waits } }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.waits.append(state.now.duration(to: deadline))
            state.now = deadline
        }
    }
}
