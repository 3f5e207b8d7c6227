/// The waits between tries: a random share of a bound that doubles with each try ("full jitter").
package struct Backoff: Sendable {
    package var base: Duration
    package var cap: Duration

    package init(base: Duration = .seconds(5), cap: Duration = .seconds(15 * 60)) {
        self.base = base
        self.cap = cap
    }

    /// The wait after try number `attempt`, counted from 1.
    package func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator)
        -> Duration
    {
        let bound = min(base * (1 << min(max(attempt - 1, 0), 20)), cap)
        return bound * Double.random(in: 0...1, using: &generator)
    }
}
