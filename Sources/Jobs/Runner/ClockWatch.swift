package import Foundation

/// Detects that the machine's clock was set or that the machine slept: the wall clock then differs from the time that the
/// machine was running.
package struct ClockWatch {
    private var wall: Date
    private var elapsed: SuspendingClock.Instant

    /// In seconds: smaller jumps are the clock's ordinary corrections.
    private static let tolerance: TimeInterval = 5

    package init(wall: Date = Date(), elapsed: SuspendingClock.Instant = .now) {
        (self.wall, self.elapsed) = (wall, elapsed)
    }

    /// By how many seconds the clock was set since the last call, forwards or backwards; nil where it was not.
    package mutating func jump(wall now: Date = Date(), elapsed instant: SuspendingClock.Instant = .now)
        -> TimeInterval?
    {
        let jump = now.timeIntervalSince(wall) - (instant - elapsed) / .seconds(1)
        (wall, elapsed) = (now, instant)
        return abs(jump) > Self.tolerance ? jump : nil
    }
}
