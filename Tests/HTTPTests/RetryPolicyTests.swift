import HTTP
import Support
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
    private struct Failure: RetryableError, Equatable {
        var isTemporary = true
        var retryAfter: Duration?
    }

    /// Always returns the largest number, so that every wait is its upper bound.
    private struct MaximumGenerator: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    private func attempts(failingWith failure: Failure, _ retryPolicy: RetryPolicy) async -> Int {
        var attempts = 0
        await #expect(throws: failure) {
            try await retryPolicy.run {
                attempts += 1
                throw failure
            }
        }
        return attempts
    }

    @Test("a temporary error is retried up to the maximum, with waits whose bound doubles")
    func waits() async {
        let clock = InstantClock()
        let retryPolicy = RetryPolicy(
            baseDelay: .seconds(1),
            maxDelay: .seconds(5),
            maxAttempts: 6,
            clock: clock,
            generator: MaximumGenerator()
        )
        #expect(await attempts(failingWith: Failure(), retryPolicy) == 6)
        #expect(clock.waits.map { ($0 / .seconds(1)).rounded() } == [1, 2, 4, 5, 5])
    }

    @Test("waits are random between zero and their bound")
    func jitter() async {
        let clock = InstantClock()
        let retryPolicy = RetryPolicy(
            baseDelay: .seconds(1),
            maxDelay: .seconds(1),
            maxAttempts: 200,
            clock: clock
        )
        #expect(await attempts(failingWith: Failure(), retryPolicy) == 200)
        #expect(clock.waits.allSatisfy { .zero...(.seconds(1)) ~= $0 })
        #expect(Set(clock.waits).count > 150)
    }

    @Test("a permanent error and an error of another type are not retried")
    func final() async {
        let retryPolicy = RetryPolicy(maxAttempts: 6, clock: InstantClock())
        #expect(await attempts(failingWith: Failure(isTemporary: false), retryPolicy) == 1)
        var count = 0
        await #expect(throws: CancellationError.self) {
            try await retryPolicy.run {
                count += 1
                throw CancellationError()
            }
        }
        #expect(count == 1)
    }

    @Test("a requested wait is added; a request of more than a minute ends the retries")
    func retryAfter() async {
        let clock = InstantClock()
        let retryPolicy = RetryPolicy(
            baseDelay: .seconds(1),
            maxAttempts: 2,
            clock: clock,
            generator: MaximumGenerator()
        )
        #expect(await attempts(failingWith: Failure(retryAfter: .seconds(60)), retryPolicy) == 2)
        #expect(clock.waits.map { ($0 / .seconds(1)).rounded() } == [61])
        #expect(await attempts(failingWith: Failure(retryAfter: .seconds(61)), retryPolicy) == 1)
    }

    @Test("the retries end with the first success")
    func success() async throws {
        var attempts = 0
        let value = try await RetryPolicy(clock: InstantClock()).run {
            attempts += 1
            guard attempts == 30 else { throw Failure() }
            return "done"
        }
        #expect(value == "done")
    }
}
