import Foundation

/// A day, a time of the day or both, in words: `tomorrow, 10am`, `Tuesday 7:30`, `8:30pm`, `noon`.
struct DelayWords {
    private enum Day {
        /// Days from today.
        case after(Int)
        /// 1 is Sunday, as in `Calendar`.
        case weekday(Int)
    }

    private var day: Day?
    /// The minutes since midnight.
    private var minute: Int?
    private var isNight = false
    /// Seconds east of UTC.
    private var zone = 0

    private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    private static let fullWeekdays = [
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]
    /// The hours that ntfy's parser gives to parts of the day (github.com/olebedev/when).
    private static let hours = [
        "morning": 8, "noon": 12, "afternoon": 15, "evening": 18, "night": 23, "midnight": 0,
    ]
    private static let fillers: Set<Substring> = ["at", "on", "next", "this", "in", "the"]

    /// Nil if a word of the lower-case text is not understood, or if there are two days or two times.
    init?(_ text: String) {
        let joined = text.replacing("a.m.", with: "am").replacing("p.m.", with: "pm")
            .replacing(/(\d) +(am|pm)\b/) { "\($0.1)\($0.2)" }
        for word in joined.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            if Self.fillers.contains(word) { continue }
            guard readDay(word) || readTime(word) || readZone(word) else { return nil }
        }
        if isNight, minute == nil { minute = 23 * 60 }
        guard day != nil || minute != nil else { return nil }
        // "today" alone names no time.
        if case .after(0)? = day, minute == nil { return nil }
    }

    private mutating func readDay(_ word: Substring) -> Bool {
        guard day == nil else { return false }
        switch word {
        case "today": day = .after(0)
        case "tomorrow": day = .after(1)
        case "tonight":
            day = .after(0)
            isNight = true
        default:
            let index =
                Self.fullWeekdays.firstIndex(of: String(word)) ?? Self.weekdays.firstIndex(of: String(word))
            guard let index else { return false }
            day = .weekday(index + 1)
        }
        return true
    }

    private mutating func readTime(_ word: Substring) -> Bool {
        guard minute == nil else { return false }
        if let hour = Self.hours[String(word)] {
            minute = hour * 60
            return true
        }
        guard let match = word.wholeMatch(of: /(\d{1,2})(?::(\d\d))?(am|pm)?/),
            match.2 != nil || match.3 != nil, var hour = Int(match.1)
        else { return false }
        let minutes = match.2.flatMap { Int($0) } ?? 0
        if let half = match.3 {
            guard (1...12).contains(hour) else { return false }
            hour = hour % 12 + (half == "pm" ? 12 : 0)
        }
        guard (0...23).contains(hour), (0...59).contains(minutes) else { return false }
        minute = hour * 60 + minutes
        return true
    }

    private mutating func readZone(_ word: Substring) -> Bool {
        if ["utc", "gmt", "z"].contains(word) { return true }
        guard let match = word.wholeMatch(of: /(?:utc|gmt)?([+-])(\d{1,2}):?(\d\d)?/),
            let hours = Int(match.2),
            hours <= 14
        else { return false }
        let seconds = hours * 3_600 + (match.3.flatMap { Int($0) } ?? 0) * 60
        zone = match.1 == "-" ? -seconds : seconds
        return true
    }

    /// The next time after `now` that fits; nil if there is none.
    ///
    /// A time of the day that has passed today means tomorrow, unless a day is named. A day alone means the present time on
    /// that day.
    func date(after now: Date) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        guard let timeZone = TimeZone(secondsFromGMT: zone) else { return nil }
        calendar.timeZone = timeZone
        let midnight = calendar.startOfDay(for: now)
        let time = minute.map { TimeInterval($0 * 60) } ?? now.timeIntervalSince(midnight)
        func date(_ days: Int) -> Date { midnight + TimeInterval(days) * 86_400 + time }
        switch day {
        case .after(let days)?: return date(days)
        case .weekday(let weekday)?:
            let days = (weekday - calendar.component(.weekday, from: now) + 7) % 7
            return date(days) > now ? date(days) : date(days + 7)
        case nil: return date(0) > now ? date(0) : date(1)
        }
    }
}
