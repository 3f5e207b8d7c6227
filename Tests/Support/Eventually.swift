/// Waits until `condition` holds, for a state that sends no signal: the output of another process, its database.
///
/// `patience` is there for hangs, not for speed.
///
/// - Throws: ``WaitTimeout`` when `patience` is over, or `CancellationError`.
package func eventually(
    _ name: String,
    within patience: Duration = .seconds(300),
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + patience
    while try await !condition() {
        guard clock.now < end else { throw WaitTimeout(condition: name) }
        try await clock.sleep(for: .milliseconds(10))
    }
}

/// A condition did not hold in time.
package struct WaitTimeout: Error, CustomStringConvertible {
    private let condition: String

    package init(condition: String) { self.condition = condition }

    package var description: String { "timed out waiting for: \(condition)" }
}
