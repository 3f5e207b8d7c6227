package import Foundation

/// Notices that the machine's clock was set, or that the machine slept: the wall clock moves then, but not the time that
/// was lived through.
package struct ClockWatch {
    private var wall: Date
    private var lived: SuspendingClock.Instant

    /// What may pass as the clock's daily correction.
    private static let tolerance: TimeInterval = 5

    package init(wall: Date = Date(), lived: SuspendingClock.Instant = .now) {
        (self.wall, self.lived) = (wall, lived)
    }

    /// By how many seconds the clock was set since the last look, forwards or backwards; nil while all is well.
    package mutating func jump(wall now: Date = Date(), lived instant: SuspendingClock.Instant = .now)
        -> TimeInterval?
    {
        let jump = now.timeIntervalSince(wall) - (instant - lived) / .seconds(1)
        (wall, lived) = (now, instant)
        return abs(jump) > Self.tolerance ? jump : nil
    }
}
