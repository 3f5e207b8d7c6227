package import Foundation
import Synchronization

/// Says who asks too often: a bucket of tokens for each key, filled at a steady rate, empty after a minute's worth.
///
/// It remembers in memory alone, and forgets whoever's bucket is full again.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private let perMinute: Double
    private let buckets = Mutex<[Data: Bucket]>([:])
    /// More keys than this are looked through for such as can be forgotten.
    private static let manyKeys = 20_000

    package init(perMinute: Int) {
        self.perMinute = Double(perMinute)
    }

    /// Takes a token of `key`; where there is none, returns after how many seconds there will be one.
    package func take(_ key: Data, at now: Date) -> Int? {
        buckets.withLock { buckets in
            if buckets.count > Self.manyKeys {
                buckets = buckets.filter { filled($0.value, at: now) < perMinute }
            }
            let tokens = buckets[key].map { filled($0, at: now) } ?? perMinute
            guard tokens >= 1 else {
                return Int(((1 - tokens) * 60 / perMinute).rounded(.up))
            }
            buckets[key] = Bucket(tokens: tokens - 1, filledAt: now)
            return nil
        }
    }

    /// A clock that was set back fills nothing, and takes nothing away.
    private func filled(_ bucket: Bucket, at now: Date) -> Double {
        let seconds = max(0, now.timeIntervalSince(bucket.filledAt))
        return min(perMinute, bucket.tokens + seconds * perMinute / 60)
    }
}
