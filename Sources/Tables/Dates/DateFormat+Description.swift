extension DateFormat: CustomStringConvertible {
    /// The format in words, such as "dates as day/month/year with time".
    package var description: String {
        let years = hasShortYears && layout != .time ? ", years with two digits" : ""
        return dateWords + timeWords + years
    }

    private var dateWords: String {
        switch layout {
        case .yearMonthDay: "dates as " + written(["year", "month", "day"])
        case .dayMonthYear: "dates as " + written(["day", "month", "year"])
        case .monthDayYear: "dates as " + written(["month", "day", "year"])
        case .monthDayTimeYear: "dates as month name, day, time and year"
        case .yearMonth: "months as " + written(["year", "month"])
        case .monthYear: "months as " + written(["month", "year"])
        case .quarter: "quarters of years"
        case .week: "weeks of years (ISO 8601)"
        case .time: clock == .twelveHours ? "times of day with AM and PM" : "times of day"
        case .epochSeconds: "seconds since 1970"
        case .epochMilliseconds: "milliseconds since 1970"
        }
    }

    private var timeWords: String {
        guard layout != .time, layout != .monthDayTimeYear else { return "" }
        return switch clock {
        case .none: ""
        case .twentyFourHours: hasZone ? " with time and zone" : " with time"
        case .twelveHours: " with time (AM and PM)"
        }
    }

    private func written(_ parts: [String]) -> String {
        guard separator != .characters else {
            return parts.joined(separator: ", ") + " with characters (年月日, 년월일)"
        }
        guard !namesMonths else {
            return parts.map { $0 == "month" ? "month name" : $0 }.joined(separator: " ")
        }
        guard separator != .none else { return parts.joined(separator: ", ") + " without separators" }
        return parts.joined(separator: separator.text)
    }
}

extension DateFormat.Separator {
    /// The separator as it is shown in a description.
    fileprivate var text: String {
        switch self {
        case .dash: "-"
        case .slash, .any: "/"
        case .point: "."
        case .blank: " "
        case .none, .characters: ""
        }
    }
}
