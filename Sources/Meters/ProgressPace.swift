/// Tells which of many reports are worth showing, and how long the rest will take.
struct ProgressPace {
    private static let pause = Duration.milliseconds(200)

    private var start: (time: ContinuousClock.Instant, fraction: Double)?
    private var last: (time: ContinuousClock.Instant, fraction: Double)?

    /// Whether anything was worth it.
    private(set) var hasShown = false

    /// Whether to show `fraction`: where it is another of so many `steps`, or `byTime` after a pause.
    ///
    /// Reports of several threads may come in any order; one that is behind the last is never shown.
    mutating func takes(_ fraction: Double?, steps: Int, byTime: Bool, now: ContinuousClock.Instant) -> Bool {
        let value = fraction ?? 0
        let before = last ?? (now, 0)
        if start == nil { (start, last) = ((now, value), (now, 0)) }
        guard value >= before.fraction else { return false }
        let isStep = Int(value * Double(steps)) > Int(before.fraction * Double(steps))
        guard isStep || byTime && now - before.time >= Self.pause else { return false }
        last = (now, value)
        hasShown = true
        return true
    }

    /// How long the rest takes, if it goes on as it went; nil where that is soon or nobody can tell yet.
    func left(_ fraction: Double?, now: ContinuousClock.Instant) -> String? {
        guard let fraction, fraction < 1, let start, fraction > start.fraction else { return nil }
        let share = (1 - fraction) / (fraction - start.fraction)
        let seconds = Int(((now - start.time) / .seconds(1) * share).rounded())
        guard seconds >= 2 else { return nil }
        return seconds < 120 ? "\(seconds) s left" : "\((seconds + 30) / 60) min left"
    }
}
