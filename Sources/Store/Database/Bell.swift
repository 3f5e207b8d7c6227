/// Wakes one waiting loop; several rings while the loop is busy count as one.
package struct Bell: Sendable {
    /// An element for each ring, for one consumer; rings that it has not received yet are merged.
    package let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    package func ring() {
        continuation.yield()
    }

    /// Rings once every `interval` until the task is cancelled, for work that becomes due at a certain time.
    package func ring(every interval: Duration, clock: any Clock<Duration>) async throws -> Never {
        while true {
            try await clock.sleep(for: interval)
            ring()
        }
    }
}
