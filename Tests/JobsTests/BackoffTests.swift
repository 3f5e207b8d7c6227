import Jobs
import Testing

@Suite("Back-off between attempts")
struct BackoffTests {
    @Test("the delay is random up to a bound, which doubles with each attempt up to a cap")
    func bounds() {
        var generator = SystemRandomNumberGenerator()
        let backoff = Backoff(base: .seconds(5), cap: .seconds(60))
        for (attempt, bound) in [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (1_000, 60)] {
            let delays = (0..<200).map { _ in backoff.delay(afterAttempt: attempt, using: &generator) }
            #expect(delays.allSatisfy { $0 >= .zero && $0 <= .seconds(bound) })
            // The chance that all 200 are shorter is below 1 in 10^19.
            #expect(delays.contains { $0 > .seconds(bound) * 0.8 })
        }
    }
}
