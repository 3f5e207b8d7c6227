/// A number that a model can learn from, taken from a date.
package enum DatePart: String, Codable, CaseIterable, Sendable {
    case year
    /// 1 to 12
    case month
    /// 1 to 31
    case day
    /// 1 for Monday to 7 for Sunday
    case weekday
    /// 0 to 23
    case hour
    /// 1 to 366
    case dayOfYear = "day_of_year"
    /// Minutes since midnight; seconds are a fraction of a minute.
    case minuteOfDay = "minute_of_day"
    /// Days from the earliest date of the table of training; hours are a fraction of a day.
    case elapsed

    /// The part of the date that is `seconds` seconds after 1970-01-01 00:00.
    ///
    /// `origin` is the earliest date, in the same seconds. The result is not a number if `seconds` is not finite.
    package func value(of seconds: Double, origin: Double) -> Float {
        guard seconds.magnitude < 1e12 else { return .nan }
        let days = Int((seconds / 86_400).rounded(.down))
        let time = seconds - Double(days) * 86_400
        switch self {
        case .year: return Float(CivilDay(daysSince1970: days).year)
        case .month: return Float(CivilDay(daysSince1970: days).month)
        case .day: return Float(CivilDay(daysSince1970: days).day)
        case .weekday: return Float(CivilDay.weekday(days))
        case .hour: return Float(Int(time) / 3_600)
        case .dayOfYear: return Float(CivilDay(daysSince1970: days).dayOfYear)
        case .minuteOfDay: return Float(time / 60)
        case .elapsed: return Float((seconds - origin) / 86_400)
        }
    }
}

extension DateFormat {
    /// The parts that dates of this format can have.
    ///
    /// A date without a time has no hour, and a month has no weekday. Parts that are constant in a table cannot help;
    /// the caller leaves them out.
    package var parts: [DatePart] {
        guard !isTimeAlone else { return [.hour, .minuteOfDay] }
        return DatePart.allCases.filter { part in
            switch part {
            case .year, .month, .elapsed: true
            case .day, .dayOfYear: hasDays
            case .weekday: hasDays && layout != .week
            case .hour, .minuteOfDay: hasTime
            }
        }
    }
}
