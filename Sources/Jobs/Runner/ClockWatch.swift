package import Foundation

/// Detects that the machine's clock was set, or that the machine was suspended.
///
/// It compares the time that has passed on the wall clock with the time on a clock that stops while the machine is
/// suspended.
package struct ClockWatch {
    private var wall: Date
    private var elapsed: SuspendingClock.Instant

    /// The largest jump that is ignored, in seconds.
    ///
    /// Small jumps are ignored because the system makes them to correct its clock.
    private static let tolerance: TimeInterval = 5

    package init(wall: Date = Date(), elapsed: SuspendingClock.Instant = .now) {
        (self.wall, self.elapsed) = (wall, elapsed)
    }

    /// How far the clock has jumped since the last call, in seconds; negative for a jump back, nil if it has not
    /// jumped.
    package mutating func jump(wall now: Date = Date(), elapsed instant: SuspendingClock.Instant = .now)
        -> TimeInterval?
    {
        let jump = now.timeIntervalSince(wall) - (instant - elapsed) / .seconds(1)
        (wall, elapsed) = (now, instant)
        return abs(jump) > Self.tolerance ? jump : nil
    }
}
