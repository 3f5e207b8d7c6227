package import Foundation
import Synchronization

/// Limits the rate of requests by a token bucket for each key, with one token per request and one minute's tokens at most.
///
/// The buckets are in memory only. If there are many, full ones are dropped, because a new bucket is full too.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private let perMinute: Double
    private let buckets = Mutex<[Data: Bucket]>([:])
    /// The number of buckets above which full ones are dropped.
    private static let manyKeys = 20_000

    package init(perMinute: Int) {
        self.perMinute = Double(perMinute)
    }

    /// Takes a token from the bucket of `key`, and returns nil; if the bucket is empty, returns the seconds until it has a
    /// token.
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

    /// The tokens at `now`; if the clock was set back, no tokens are added.
    private func filled(_ bucket: Bucket, at now: Date) -> Double {
        let seconds = max(0, now.timeIntervalSince(bucket.filledAt))
        return min(perMinute, bucket.tokens + seconds * perMinute / 60)
    }
}
