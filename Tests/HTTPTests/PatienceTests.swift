import HTTP
import Support
import Testing

@Suite("Patience")
struct PatienceTests {
    private struct Trouble: RetryableError, Equatable {
        var isTemporary = true
        var retryAfter: Duration?
    }

    /// Always draws the largest number, so that waits are their bounds.
    private struct Greatest: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    private func failing(_ trouble: Trouble, _ patience: Patience) async -> Int {
        var tries = 0
        await #expect(throws: trouble) {
            try await patience.run {
                tries += 1
                throw trouble
            }
        }
        return tries
    }

    @Test("what passes is tried so many times, after waits whose bound doubles up to the cap")
    func waits() async {
        let clock = ImpatientClock()
        let patience = Patience(
            base: .seconds(1),
            cap: .seconds(5),
            tries: 6,
            clock: clock,
            generator: Greatest()
        )
        #expect(await failing(Trouble(), patience) == 6)
        #expect(clock.waits.map { ($0 / .seconds(1)).rounded() } == [1, 2, 4, 5, 5])
    }

    @Test("waits are drawn anew, between nothing and their bound")
    func jitter() async {
        let clock = ImpatientClock()
        let patience = Patience(base: .seconds(1), cap: .seconds(1), tries: 200, clock: clock)
        #expect(await failing(Trouble(), patience) == 200)
        #expect(clock.waits.allSatisfy { .zero...(.seconds(1)) ~= $0 })
        #expect(Set(clock.waits).count > 150)
    }

    @Test("what does not pass, and what does not say, is tried once")
    func final() async {
        let patience = Patience(tries: 6, clock: ImpatientClock())
        #expect(await failing(Trouble(isTemporary: false), patience) == 1)
        var tries = 0
        await #expect(throws: CancellationError.self) {
            try await patience.run {
                tries += 1
                throw CancellationError()
            }
        }
        #expect(tries == 1)
    }

    @Test("a wait that is asked for is kept; one of more than a minute is not begun")
    func retryAfter() async {
        let clock = ImpatientClock()
        let patience = Patience(base: .seconds(1), tries: 2, clock: clock, generator: Greatest())
        #expect(await failing(Trouble(retryAfter: .seconds(60)), patience) == 2)
        #expect(clock.waits.map { ($0 / .seconds(1)).rounded() } == [61])
        #expect(await failing(Trouble(retryAfter: .seconds(61)), patience) == 1)
    }

    @Test("success ends it")
    func success() async throws {
        var tries = 0
        let value = try await Patience(clock: ImpatientClock()).run {
            tries += 1
            guard tries == 30 else { throw Trouble() }
            return "done"
        }
        #expect(value == "done")
    }
}
