package import Foundation
import Synchronization

/// Limits the rate of requests with a token bucket for each key.
///
/// A request takes one token, and a full bucket has the tokens for one minute. The buckets are in memory only. If there
/// are many buckets, full buckets are removed, because a new bucket is also full.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private let perMinute: Double
    private let buckets = Mutex<[Data: Bucket]>([:])
    /// If there are more buckets than this, full buckets are removed.
    private static let manyKeys = 20_000

    package init(perMinute: Int) {
        self.perMinute = Double(perMinute)
    }

    /// Takes a token from the bucket of `key` and returns nil.
    ///
    /// If the bucket has no token, returns the number of seconds until it has one.
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

    /// The number of tokens in `bucket` at `now`.
    ///
    /// If the clock was set back, no tokens are added.
    private func filled(_ bucket: Bucket, at now: Date) -> Double {
        let seconds = max(0, now.timeIntervalSince(bucket.filledAt))
        return min(perMinute, bucket.tokens + seconds * perMinute / 60)
    }
}
