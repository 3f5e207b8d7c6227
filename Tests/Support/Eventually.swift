/// Waits until `condition` holds, for what tells nobody when it changes: another process's output, its database.
///
/// `patience` is there for hangs, not for speed.
///
/// - Throws: ``NeverHappened`` when `patience` is over; `CancellationError`.
package func eventually(
    _ what: String,
    within patience: Duration = .seconds(300),
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + patience
    while try await !condition() {
        guard clock.now < end else { throw NeverHappened(what: what) }
        try await clock.sleep(for: .milliseconds(10))
    }
}

/// Something that was waited for did not come about in time.
package struct NeverHappened: Error, CustomStringConvertible {
    private let what: String

    package init(what: String) { self.what = what }

    package var description: String { "it never happened: \(what)" }
}
