extension DateFormat {
    /// All formats that are looked for, the simplest first.
    static let candidates: [DateFormat] =
        withClocks(numeric) + withClocks(named) + months + times + epochs + withClocks(rare) + timesInFront

    private static let separators: [Separator] = [.dash, .slash, .point, .blank]

    /// Dates of numbers; month first stands before day first, as pandas decides.
    private static let numeric: [DateFormat] =
        ([.yearMonthDay, .monthDayYear, .dayMonthYear] as [Layout]).flatMap { layout in
            separators.map { DateFormat(layout: layout, separator: $0) }
        }
        + ([.yearMonthDay, .monthDayYear, .dayMonthYear] as [Layout]).map {
            DateFormat(layout: $0, separator: .none)
        }
        + ([.monthDayYear, .dayMonthYear] as [Layout]).flatMap { layout in
            separators.map { DateFormat(layout: layout, separator: $0, hasShortYears: true) }
        }

    private static let named: [DateFormat] =
        [false, true].flatMap { isShort in
            [false, true].flatMap { hasWeekday in
                ([.dayMonthYear, .monthDayYear] as [Layout]).map { layout in
                    DateFormat(
                        layout: layout,
                        namesMonths: true,
                        namesWeekdays: hasWeekday,
                        hasShortYears: isShort
                    )
                }
            }
        } + [
            DateFormat(layout: .yearMonthDay, namesMonths: true),
            DateFormat(layout: .yearMonthDay, separator: .characters, namesMonths: true),
        ]

    private static let months: [DateFormat] = [
        DateFormat(layout: .yearMonth, separator: .dash), DateFormat(layout: .yearMonth, separator: .slash),
        DateFormat(layout: .yearMonth, separator: .none), DateFormat(layout: .yearMonth, separator: .blank),
        DateFormat(layout: .monthYear, separator: .slash), DateFormat(layout: .monthYear, separator: .dash),
        DateFormat(layout: .monthYear, namesMonths: true),
        DateFormat(layout: .monthYear, namesMonths: true, hasShortYears: true),
        DateFormat(layout: .yearMonth, namesMonths: true),
        DateFormat(layout: .yearMonth, separator: .characters, namesMonths: true),
        DateFormat(layout: .quarter),
        DateFormat(layout: .quarter, hasShortYears: true), DateFormat(layout: .week),
        DateFormat(layout: .monthDayTimeYear, namesMonths: true, namesWeekdays: true),
    ]

    /// Without zones: `09:00-12:00` is a range of time.
    private static let times: [DateFormat] = [
        DateFormat(layout: .time, clock: .twentyFourHours), DateFormat(layout: .time, clock: .twelveHours),
    ]

    private static let epochs = [DateFormat(layout: .epochSeconds), DateFormat(layout: .epochMilliseconds)]

    /// Mixed separators, a year of two digits in front, and weekdays before numbers.
    private static let rare: [DateFormat] =
        ([.dash, .slash] as [Separator]).map {
            DateFormat(layout: .yearMonthDay, separator: $0, hasShortYears: true)
        }
        + [false, true].flatMap { isShort in
            ([.yearMonthDay, .monthDayYear, .dayMonthYear] as [Layout]).flatMap { layout in
                [false, true].map { hasWeekday in
                    DateFormat(
                        layout: layout,
                        separator: .any,
                        namesWeekdays: hasWeekday,
                        hasShortYears: isShort
                    )
                }
            }
        }

    private static let timesInFront: [DateFormat] =
        ([.yearMonthDay, .monthDayYear, .dayMonthYear] as [Layout]).flatMap { layout in
            [false, true].flatMap { namesMonths in
                [Clock.twentyFourHours, .twelveHours].map { clock in
                    DateFormat(layout: layout, clock: clock, namesMonths: namesMonths, hasTimeInFront: true)
                }
            }
        }

    private static func withClocks(_ formats: [DateFormat]) -> [DateFormat] {
        let clocks: [(clock: Clock, hasZone: Bool)] = [
            (.none, false), (.twentyFourHours, false), (.twelveHours, false), (.twentyFourHours, true),
            (.twelveHours, true),
        ]
        return clocks.flatMap { clock, hasZone in
            formats.map { format in
                var format = format
                (format.clock, format.hasZone) = (clock, hasZone)
                return format
            }
        }
    }
}
