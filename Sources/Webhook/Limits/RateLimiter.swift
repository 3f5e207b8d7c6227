package import Foundation
import Synchronization

/// Limits the rate of requests by a token bucket for each key, which holds the requests of one minute.
///
/// It is in memory alone, and drops buckets that are full again.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private let perMinute: Double
    private let buckets = Mutex<[Data: Bucket]>([:])
    /// With more keys than this, full buckets are dropped.
    private static let manyKeys = 20_000

    package init(perMinute: Int) {
        self.perMinute = Double(perMinute)
    }

    /// Takes a token from the bucket of `key` and returns nil; where the bucket is empty, returns the seconds until it has
    /// one.
    package func wait(for key: Data, at now: Date) -> Int? {
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

    /// The tokens at `now`; a clock that was set back changes nothing.
    private func filled(_ bucket: Bucket, at now: Date) -> Double {
        let seconds = max(0, now.timeIntervalSince(bucket.filledAt))
        return min(perMinute, bucket.tokens + seconds * perMinute / 60)
    }
}
