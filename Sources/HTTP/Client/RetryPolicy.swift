/// An error that tells whether a later attempt may succeed.
package protocol RetryableError: Error {
    var isTemporary: Bool { get }
    /// The wait that the server asked for; nil if it asked for none.
    var retryAfter: Duration? { get }
}

/// Repeats an operation that failed with a temporary error, with exponential back-off and full jitter.
///
/// The worker, the Walrus client and the Sui client retry through this type.
package struct RetryPolicy: Sendable {
    /// The upper bound of the first back-off; the bound doubles after each further failure.
    package var baseDelay: Duration
    /// The largest upper bound of a back-off.
    package var maxDelay: Duration
    /// The largest number of attempts; nil to retry until the task is cancelled.
    package var maxAttempts: Int?
    package var clock: any Clock<Duration>
    package var generator: any RandomNumberGenerator & Sendable

    /// If a server asks for a longer wait, the operation is not repeated.
    private static let longestRetryAfter = Duration.seconds(60)

    package init(
        baseDelay: Duration = .milliseconds(200),
        maxDelay: Duration = .seconds(15),
        maxAttempts: Int? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.baseDelay = baseDelay
        self.maxDelay = maxDelay
        self.maxAttempts = maxAttempts
        self.clock = clock
        self.generator = generator
    }

    /// Runs `operation` until it succeeds, throws an error that is not temporary, or has failed `maxAttempts` times.
    ///
    /// Each wait is the time that the server asked for, plus a random back-off. If the server asks for more than 60
    /// seconds, the error is thrown at once.
    ///
    /// - Throws: The last error of `operation`; `CancellationError` when the task is cancelled during a wait.
    package func run<Value>(_ operation: () async throws -> Value) async throws -> Value {
        var generator = generator
        var failures = 0
        while true {
            do {
                return try await operation()
            } catch let error as any RetryableError {
                failures += 1
                let requested = error.retryAfter ?? .zero
                guard error.isTemporary, failures < maxAttempts ?? .max, requested <= Self.longestRetryAfter
                else { throw error }
                try await clock.sleep(for: requested + delay(after: failures, using: &generator))
            }
        }
    }

    private func delay(after failures: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        min(baseDelay * (1 << min(failures - 1, 20)), maxDelay) * Double.random(in: 0...1, using: &generator)
    }
}
