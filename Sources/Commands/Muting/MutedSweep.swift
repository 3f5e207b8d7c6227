import Foundation
import Store
import Synchronization

/// Drops what is kept for muted chats beyond the limits, at most once a second.
///
/// Posts to a muted chat cost no more than others: what is too much is dropped here, by many at once.
final class MutedSweep: Sendable {
    private let limits: KeptLimits
    private let last = Mutex(Date.distantPast)

    /// The shortest time between two sweeps, in seconds.
    private static let interval: TimeInterval = 1

    init(_ limits: KeptLimits) {
        self.limits = limits
    }

    /// Sweeps if it is time to, and tells the chats that can be written to what they lost.
    func run(in transaction: Transaction, now: Date) throws {
        let isDue = last.withLock { last in
            guard abs(now.timeIntervalSince(last)) >= Self.interval else { return false }
            last = now
            return true
        }
        guard isDue else { return }
        for chat in try transaction.dropExcess(limits, now: now) {
            try transaction.tellDropped(ofChat: chat, at: now)
        }
    }
}
