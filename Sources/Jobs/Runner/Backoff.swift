/// The waits between tries, known as "exponential backoff with full jitter".
///
/// Each wait is a random share of a bound. The bound is `base` after the first try and doubles with each try, up to
/// `cap`.
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
