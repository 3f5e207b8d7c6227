/// A clock on which every sleep lasts a hundredth of its time.
package struct FastClock: Clock {
    package typealias Instant = ContinuousClock.Instant

    private let clock = ContinuousClock()

    package init() {}

    package var now: Instant { clock.now }
    package var minimumResolution: Duration { clock.minimumResolution }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let now = clock.now
        try await clock.sleep(until: now + now.duration(to: deadline) / 100, tolerance: tolerance)
    }
}
