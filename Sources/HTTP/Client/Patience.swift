/// An error that knows whether it may pass by itself.
package protocol RetryableError: Error {
    var isTemporary: Bool { get }
    /// How long the other side asks to be left alone; nil: it did not say.
    var retryAfter: Duration? { get }
}

/// Tries again what may pass, after waits that grow and are drawn at random ("full jitter").
///
/// This is the one place where the worker, the bot's verbs and Walrus wait for better times.
package struct Patience: Sendable {
    /// The bound of the first wait; it doubles with every further one.
    package var base: Duration
    package var cap: Duration
    /// Tries in all; nil: as long as the task lives.
    package var tries: Int?
    package var clock: any Clock<Duration>
    package var generator: any RandomNumberGenerator & Sendable

    /// Who asks to be left alone for longer than this is not waited for.
    private static let longestRetryAfter = Duration.seconds(60)

    package init(
        base: Duration = .milliseconds(200),
        cap: Duration = .seconds(15),
        tries: Int? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.base = base
        self.cap = cap
        self.tries = tries
        self.clock = clock
        self.generator = generator
    }

    /// Runs `work` until it succeeds, throws something that does not pass, or has failed `tries` times.
    package func run<Value>(_ work: () async throws -> Value) async throws -> Value {
        var generator = generator
        var failures = 0
        while true {
            do {
                return try await work()
            } catch let error as any RetryableError {
                failures += 1
                let request = error.retryAfter ?? .zero
                guard error.isTemporary, failures < tries ?? .max, request <= Self.longestRetryAfter else {
                    throw error
                }
                try await clock.sleep(for: request + delay(after: failures, using: &generator))
            }
        }
    }

    private func delay(after failures: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        min(base * (1 << min(failures - 1, 20)), cap) * Double.random(in: 0...1, using: &generator)
    }
}
