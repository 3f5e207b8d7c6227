/// Wakes one waiting loop; rings that come while it works are kept as one.
package struct Bell: Sendable {
    /// One element for each ring, or for many that came close together; for one consumer.
    package let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    package func ring() {
        continuation.yield()
    }
}
