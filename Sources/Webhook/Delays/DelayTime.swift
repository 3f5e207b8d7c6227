package import Foundation

/// The time at which a delayed post is sent, in the forms of ntfy's header `Delay` (docs.ntfy.sh/publish/#scheduled-delivery).
///
/// The forms are a Unix timestamp, a duration, a time of RFC 3339, and words such as `tomorrow, 10am`. Times without a zone
/// are in UTC, because the bot does not know the sender's zone.
package struct DelayTime: Equatable {
    package let date: Date

    /// The shortest and the longest delay, in seconds; ntfy has the same.
    private static let allowed: ClosedRange<TimeInterval> = 10...(3 * 86_400)

    /// - Throws: ``DelayError``.
    package init(_ text: String, now: Date) throws(DelayError) {
        let words = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        guard !words.isEmpty, words.utf8.count <= 64,
            let date = Self.timestamp(words) ?? DelayDuration(words).map({ now + $0.seconds })
                ?? Self.dateTime(words) ?? DelayWords(words)?.date(after: now)
        else { throw .unreadable(text) }
        let delay = date.timeIntervalSince(now)
        guard delay >= Self.allowed.lowerBound else { throw .tooSoon(text) }
        guard delay <= Self.allowed.upperBound else { throw .tooLate(text) }
        self.date = date
    }

    /// A Unix time in seconds.
    private static func timestamp(_ text: String) -> Date? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.count >= 9,
            let seconds = Double(text)
        else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }

    /// A time of RFC 3339; the seconds and the zone may be left out.
    private static func dateTime(_ text: String) -> Date? {
        let form =
            /(\d{4}-\d\d-\d\d)[t ]+(\d\d:\d\d)(:\d\d)?(?:\.\d+)? ?(z|utc|gmt|[+-]\d\d:?\d\d)?/
        guard let match = text.wholeMatch(of: form) else { return nil }
        let zone = match.4.map { $0.first?.isLetter == true ? "Z" : String($0) } ?? "Z"
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime]
        let offset = zone.count == 5 ? "\(zone.prefix(3)):\(zone.suffix(2))" : zone
        return formatter.date(from: "\(match.1)T\(match.2)\(match.3 ?? ":00")\(offset)")
    }
}
