/// How the dates of a column are written.
///
/// A format reads one spelling only, so that a cell that is written in another way is not silently another date. There
/// are two freedoms, because tables have both within one column: a format with a clock also reads dates without a time,
/// and a format with short years also reads years of four digits.
package struct DateFormat: Codable, Equatable, Hashable, Sendable {
    /// The parts of a date, in the order in which they are written.
    package enum Layout: String, Codable, CaseIterable, Sendable {
        case yearMonthDay = "year_month_day"
        case dayMonthYear = "day_month_year"
        case monthDayYear = "month_day_year"
        /// `Thu Mar 7 14:05:30 2019`, as the C library and Twitter write it: the time stands before the year.
        case monthDayTimeYear = "month_day_time_year"
        case yearMonth = "year_month"
        case monthYear = "month_year"
        /// `2019Q1` or `Q1 2019`: the first day of the quarter.
        case quarter
        /// `2019-W05` of ISO 8601: the Monday of the week.
        case week
        /// A time without a date: seconds since midnight.
        case time
        case epochSeconds = "epoch_seconds"
        case epochMilliseconds = "epoch_milliseconds"
    }

    /// What stands between the parts of a date that has numbers only.
    package enum Separator: String, Codable, CaseIterable, Sendable {
        case dash
        case slash
        case point
        case blank
        /// `20190307`
        case none
        /// Cells of one column have different separators.
        case any
        /// `2019年3月7日` or `2019년 3월 7일`; the format then names months.
        case characters
    }

    /// How the time of day is written.
    package enum Clock: String, Codable, CaseIterable, Sendable {
        case none
        case twentyFourHours = "24h"
        /// With AM or PM.
        case twelveHours = "12h"
    }

    package var layout: Layout
    package var separator: Separator = .any
    package var clock: Clock = .none
    /// Whether months are words of some language, as in `7 March 2019`, `07-Mar-19` or `7 de marzo de 2019`, or
    /// characters; anything may then separate the parts.
    package var namesMonths = false
    /// Whether the name of a weekday may stand in front, as in `Thu, 7 Mar 2019`.
    package var namesWeekdays = false
    /// Whether years may have two digits: 69 to 99 are of the last century, 00 to 68 of this one, as in POSIX.
    package var hasShortYears = false
    /// Whether the time stands before the date, as in `14:05 7 Mar 2019`.
    package var hasTimeInFront = false
    /// Whether a zone may stand behind the time: `Z`, `UTC`, `+01:00`.
    package var hasZone = false
}

extension DateFormat {
    /// Whether the column has times of day without dates.
    package var isTimeAlone: Bool { layout == .time }

    /// Whether the format has a day in a month, so that a weekday can be told.
    package var hasDays: Bool {
        switch layout {
        case .yearMonth, .monthYear, .quarter, .time: false
        default: true
        }
    }

    /// Whether the format has a time of day.
    package var hasTime: Bool {
        switch layout {
        case .time, .monthDayTimeYear, .epochSeconds, .epochMilliseconds: true
        default: clock != .none
        }
    }

    /// Whether a cell is a number if one does not know that it is a date.
    var isDigitsOnly: Bool {
        switch layout {
        case .epochSeconds, .epochMilliseconds: true
        default: separator == .none && clock != .twelveHours && !hasZone && !namesMonths
        }
    }

    /// The format with day and month exchanged; nil if the order is told by the format.
    package var exchangingDayAndMonth: DateFormat? {
        guard !namesMonths else { return nil }
        let other: Layout? =
            switch layout {
            case .dayMonthYear: .monthDayYear
            case .monthDayYear: .dayMonthYear
            default: nil
            }
        guard let other else { return nil }
        var exchanged = self
        exchanged.layout = other
        return exchanged
    }
}
