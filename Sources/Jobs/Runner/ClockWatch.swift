package import Foundation

/// Detects that the machine's clock was set, or that the machine was suspended.
///
/// The wall clock has then advanced by another time than a clock that counts only while the machine runs.
package struct ClockWatch {
    private var wall: Date
    private var elapsed: SuspendingClock.Instant

    /// The largest jump that is ignored, in seconds; the system corrects its clock by small jumps.
    private static let tolerance: TimeInterval = 5

    package init(wall: Date = Date(), elapsed: SuspendingClock.Instant = .now) {
        (self.wall, self.elapsed) = (wall, elapsed)
    }

    /// The jump of the clock since the last call, in seconds, negative if it was set back; nil if there was none.
    package mutating func jump(wall now: Date = Date(), elapsed instant: SuspendingClock.Instant = .now)
        -> TimeInterval?
    {
        let jump = now.timeIntervalSince(wall) - (instant - elapsed) / .seconds(1)
        (wall, elapsed) = (now, instant)
        return abs(jump) > Self.tolerance ? jump : nil
    }
}
