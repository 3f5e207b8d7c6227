extension DateFormat {
    /// Reads a day, or the first day of a month, quarter or week: days since 1970-01-01.
    @inline(__always)
    func day(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        if namesWeekdays { skipWeekday(bytes, &position, end) }
        if namesMonths { return dayWithMonthName(bytes, &position, end) }
        switch layout {
        case .yearMonthDay: return yearMonthDay(bytes, &position, end)
        case .dayMonthYear, .monthDayYear: return dayMonthYear(bytes, &position, end)
        case .yearMonth: return yearMonth(bytes, &position, end)
        case .monthYear: return monthYear(bytes, &position, end)
        case .quarter: return quarter(bytes, &position, end)
        case .week: return week(bytes, &position, end)
        case .time, .epochSeconds, .epochMilliseconds, .monthDayTimeYear: return nil
        }
    }

    /// Reads a weekday in front of a day, if there is one.
    func skipWeekday(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) {
        let monthMayStandHere = layout != .dayMonthYear
        _ = DateWords.skipWeekday(bytes, &position, end, monthMayStandHere: monthMayStandHere)
    }

    /// Reads a year of four digits, or of two where years may be short.
    @inline(__always)
    func year(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        let (value, count) = DateScanner.digits(bytes, &position, end, most: 4)
        if count == 4 { return value }
        guard count == 2, hasShortYears else { return nil }
        return value >= 69 ? 1_900 &+ value : 2_000 &+ value
    }

    @inline(__always)
    func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Reads the number of a day or month: two digits, or one where a separator follows.
    @inline(__always)
    private func part(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        let (value, count) = DateScanner.digits(bytes, &position, end, most: 2)
        guard count > (separator == .none ? 1 : 0) else { return nil }
        return value
    }

    /// Reads the separator; returns its byte, or nil if there is another one.
    @inline(__always)
    private func gap(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> UInt8? {
        let byte = DateScanner.byte(bytes, position, end)
        let isRight =
            switch separator {
            case .dash: byte == UInt8(ascii: "-")
            case .slash: byte == UInt8(ascii: "/")
            case .point: byte == UInt8(ascii: ".")
            case .blank: byte == UInt8(ascii: " ")
            case .none: true
            // These dates are read with names of months.
            case .characters: false
            case .any: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
            }
        guard isRight else { return nil }
        guard separator != .none else { return 0 }
        position &+= 1
        return byte
    }

    @inline(__always)
    private func yearMonthDay(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let year = year(bytes, &position, end), let first = gap(bytes, &position, end),
            let month = part(bytes, &position, end), let second = gap(bytes, &position, end),
            first == second, let day = part(bytes, &position, end)
        else { return nil }
        return CivilDay.days(year, month, day)
    }

    @inline(__always)
    private func dayMonthYear(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let one = part(bytes, &position, end), let first = gap(bytes, &position, end),
            let two = part(bytes, &position, end), let second = gap(bytes, &position, end),
            first == second, let year = year(bytes, &position, end)
        else { return nil }
        return layout == .dayMonthYear ? CivilDay.days(year, two, one) : CivilDay.days(year, one, two)
    }

    private func yearMonth(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let year = year(bytes, &position, end), gap(bytes, &position, end) != nil else { return nil }
        // Eurostat writes 2019M03.
        if separator == .none { _ = DateScanner.read(UInt8(ascii: "m"), bytes, &position, end) }
        return part(bytes, &position, end).flatMap { CivilDay.days(year, $0, 1) }
    }

    private func monthYear(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let month = part(bytes, &position, end), gap(bytes, &position, end) != nil else { return nil }
        return year(bytes, &position, end).flatMap { CivilDay.days($0, month, 1) }
    }

    /// Reads `2019Q1`, `2019-Q1`, `Q1 2019` or `1Q2019`.
    private func quarter(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        let isFirst =
            end - position > 3 && isDigit(DateScanner.byte(bytes, position + 1, end))
            && isDigit(DateScanner.byte(bytes, position, end))
        guard isFirst else {
            let number = quarterNumber(bytes, &position, end)
            _ = DateScanner.skipPunctuation(bytes, &position, end)
            guard let number, let year = year(bytes, &position, end) else { return nil }
            return CivilDay.days(year, number * 3 - 2, 1)
        }
        guard let year = year(bytes, &position, end) else { return nil }
        _ = DateScanner.skipPunctuation(bytes, &position, end)
        return quarterNumber(bytes, &position, end).flatMap { CivilDay.days(year, $0 * 3 - 2, 1) }
    }

    /// Reads `Q1` or `1Q`.
    private func quarterNumber(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        let isBefore = DateScanner.read(UInt8(ascii: "q"), bytes, &position, end)
        let (number, count) = DateScanner.digits(bytes, &position, end, most: 1)
        guard count == 1, (1...4).contains(number) else { return nil }
        return isBefore || DateScanner.read(UInt8(ascii: "q"), bytes, &position, end) ? number : nil
    }

    /// Reads `2019-W05` or `2019W05`.
    private func week(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let year = year(bytes, &position, end) else { return nil }
        _ = DateScanner.skipPunctuation(bytes, &position, end)
        guard DateScanner.read(UInt8(ascii: "w"), bytes, &position, end) else { return nil }
        let (week, count) = DateScanner.digits(bytes, &position, end, most: 2)
        return count > 0 ? CivilDay.days(year: year, week: week) : nil
    }
}
