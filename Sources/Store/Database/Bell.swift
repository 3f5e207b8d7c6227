/// Wakes one waiting loop; several rings before the loop looks again count as one.
package struct Bell: Sendable {
    /// One element for each ring or group of rings; for one consumer.
    package let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    package func ring() {
        continuation.yield()
    }

    /// Rings once every `interval`, for work that becomes due by time alone, until the task is cancelled.
    package func ring(every interval: Duration, clock: any Clock<Duration>) async throws -> Never {
        while true {
            try await clock.sleep(for: interval)
            ring()
        }
    }
}
