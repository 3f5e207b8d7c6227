/// A day of the Gregorian calendar, also before its introduction.
struct CivilDay: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// The day that is `days` days after 1970-01-01.
    ///
    /// The year is counted from March, so that the leap day is the last of it. An era is 400 years: 146,097 days. Both
    /// conversions are Howard Hinnant's ("chrono-compatible low-level date algorithms").
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The number of days since 1970-01-01; nil if there is no such day in the years 1 to 9999.
    @inline(__always)
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard year >= 1, year <= 9_999, month >= 1, month <= 12, day >= 1 else { return nil }
        guard day <= 28 || day <= length(ofMonth: month, in: year) else { return nil }
        let shiftedYear = month <= 2 ? year &- 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear &- era &* 400
        let shiftedMonth = month > 2 ? month &- 3 : month &+ 9
        let dayOfYear = (153 &* shiftedMonth &+ 2) / 5 &+ day &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return era &* 146_097 &+ dayOfEra &- 719_468
    }

    /// The number of days from 1970-01-01 to the Monday of a week of ISO 8601; nil if the year has no such week.
    ///
    /// The first week of a year is the one that has January 4.
    static func days(year: Int, week: Int) -> Int? {
        guard let fourth = days(year, 1, 4), week >= 1 else { return nil }
        let monday = fourth - (weekday(fourth) - 1) + (week - 1) * 7
        guard week == 53 else { return week < 53 ? monday : nil }
        // A year has 53 weeks if the Thursday of the last one is still in it.
        return CivilDay(daysSince1970: monday + 3).year == year ? monday : nil
    }

    /// The weekday, 1 for Monday to 7 for Sunday, of the day that is `days` days after 1970-01-01, a Thursday.
    static func weekday(_ days: Int) -> Int {
        let remainder = (days + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The day of the year, from 1 to 366.
    var dayOfYear: Int {
        let first = Self.days(year, 1, 1) ?? 0
        return (Self.days(year, month, day) ?? first) - first + 1
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
