/// Wakes one waiting loop; wakes it only once for several rings while the loop is busy.
package struct Bell: Sendable {
    /// Yields to one consumer after a ring.
    ///
    /// Several rings before the consumer's next read yield only once.
    package let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    package func ring() {
        continuation.yield()
    }

    /// Rings once every `interval` until the task is cancelled, so that the loop finds work that has become due.
    package func ring(every interval: Duration, clock: any Clock<Duration>) async throws -> Never {
        while true {
            try await clock.sleep(for: interval)
            ring()
        }
    }
}
