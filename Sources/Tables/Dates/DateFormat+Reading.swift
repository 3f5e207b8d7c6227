extension DateFormat {
    /// Reads the cell in `range`: seconds from 1970-01-01 00:00 to the date and time as they are written.
    ///
    /// A zone is checked and then ignored: the hour of the clock on the wall is what a model can learn from. A time
    /// alone is seconds since midnight. The result is nil if the cell is not written in this format, or if there is no
    /// such day. Nothing is allocated.
    package func seconds(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        var position = range.lowerBound
        let end = range.upperBound
        guard let seconds = scan(bytes, &position, end), position == end else { return nil }
        return seconds
    }

    @inline(__always)
    private func scan(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Double? {
        switch layout {
        case .time:
            return ClockTime.seconds(bytes, &position, end, clock)
        case .epochSeconds: return epoch(bytes, &position, end, most: 11)
        case .epochMilliseconds: return epoch(bytes, &position, end, most: 14).map { $0 / 1_000 }
        case .monthDayTimeYear: return dayAroundTime(bytes, &position, end)
        case _ where hasTimeInFront:
            guard let time = ClockTime.seconds(bytes, &position, end, clock) else { return nil }
            guard DateScanner.skipPunctuation(bytes, &position, end) > 0 else { return nil }
            return day(bytes, &position, end).map { Double($0) * 86_400 + time }
        default:
            guard let days = day(bytes, &position, end) else { return nil }
            let midnight = Double(days) * 86_400
            guard position < end else { return midnight }
            guard clock != .none, let time = timeBehindDay(bytes, &position, end) else { return nil }
            return midnight + time
        }
    }

    /// Reads the time behind a day: blanks, a comma with blanks, `T`, or the colon of SAS and web servers, then a time.
    @inline(__always)
    private func timeBehindDay(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Double? {
        let gap = DateScanner.byte(bytes, position, end)
        switch gap {
        case UInt8(ascii: " "), UInt8(ascii: ","):
            position &+= 1
            DateScanner.skipBlanks(bytes, &position, end)
        case UInt8(ascii: "T"), UInt8(ascii: "t"): position &+= 1
        case UInt8(ascii: ":") where namesMonths: position &+= 1
        case UInt8(ascii: "0")...UInt8(ascii: "9") where separator == .none: break
        default: return nil
        }
        let time = ClockTime.seconds(
            bytes,
            &position,
            end,
            clock,
            hourMayStandAlone: layout == .yearMonthDay
        )
        guard let time, readZone(bytes, &position, end) else { return nil }
        return time
    }

    @inline(__always)
    private func readZone(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
        !hasZone || ClockTime.skipZone(bytes, &position, end)
    }

    /// Reads at most `most` digits and a fraction; more would be a year that ``DatePart`` does not tell.
    private func epoch(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int, most: Int) -> Double? {
        let (whole, count) = DateScanner.digits(bytes, &position, end, most: most)
        guard count > 0, DateScanner.read(UInt8(ascii: "."), bytes, &position, end) else {
            return count > 0 ? Double(whole) : nil
        }
        let (fraction, places) = DateScanner.digits(bytes, &position, end, most: 9)
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return places > 0 ? Double(whole) + Double(fraction) / scale : nil
    }

    /// Reads `Thu Mar 7 14:05:30 +0100 2019`.
    private func dayAroundTime(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Double? {
        if namesWeekdays { skipWeekday(bytes, &position, end) }
        guard let month = DateWords.month(bytes, &position, end) else { return nil }
        DateScanner.skipBlanks(bytes, &position, end)
        let day = DateScanner.digits(bytes, &position, end, most: 2).value
        DateScanner.skipBlanks(bytes, &position, end)
        guard let time = ClockTime.seconds(bytes, &position, end, .twentyFourHours) else { return nil }
        DateScanner.skipBlanks(bytes, &position, end)
        if !isDigit(DateScanner.byte(bytes, position, end)) {
            guard ClockTime.skipZone(bytes, &position, end) else { return nil }
            DateScanner.skipBlanks(bytes, &position, end)
        }
        guard let year = year(bytes, &position, end), let days = CivilDay.days(year, month, day) else {
            return nil
        }
        return Double(days) * 86_400 + time
    }
}
