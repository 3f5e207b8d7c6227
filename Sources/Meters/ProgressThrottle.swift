/// Decides which progress reports are shown, and estimates the remaining time.
struct ProgressThrottle {
    private static let pause = Duration.milliseconds(200)

    private var start: (time: ContinuousClock.Instant, fraction: Double)?
    private var last: (time: ContinuousClock.Instant, fraction: Double)?

    /// Whether any report was shown.
    private(set) var hasShown = false

    /// Whether to show `fraction`: true if it reaches the next of `steps` equal steps.
    ///
    /// If `byTime`, also true 0.2 s after the last shown report.
    ///
    /// Threads may report out of order, so a fraction below the last shown fraction is never shown.
    mutating func shouldShow(_ fraction: Double?, steps: Int, byTime: Bool, now: ContinuousClock.Instant)
        -> Bool
    {
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

    /// The remaining time, estimated from the average speed; nil if less than 2 s or if no estimate is possible yet.
    func left(_ fraction: Double?, now: ContinuousClock.Instant) -> String? {
        guard let fraction, fraction < 1, let start, fraction > start.fraction else { return nil }
        let share = (1 - fraction) / (fraction - start.fraction)
        let seconds = Int(((now - start.time) / .seconds(1) * share).rounded())
        guard seconds >= 2 else { return nil }
        return seconds < 120 ? "\(seconds) s left" : "\((seconds + 30) / 60) min left"
    }
}
