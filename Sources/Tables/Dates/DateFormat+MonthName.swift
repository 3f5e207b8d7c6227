extension DateFormat {
    /// Reads a day whose month is a word, such as `7 March 2019`, `Mar 7th, 2019`, `07-Mar-19`, `07MAR2019` or
    /// `Mar-19`, in English or a language of ``DateVocabulary``: days since 1970-01-01.
    func dayWithMonthName(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        if separator == .characters { return dayWithCharacters(bytes, &position, end) }
        switch layout {
        case .yearMonthDay:
            guard let year = year(bytes, &position, end), let month = nextMonth(bytes, &position, end),
                let day = nextDay(bytes, &position, end)
            else { return nil }
            return CivilDay.days(year, month, day)
        case .dayMonthYear:
            guard let day = nextDay(bytes, &position, end),
                let month = nextMonth(bytes, &position, end, wordMayStandInFront: true)
            else { return nil }
            return nextYear(bytes, &position, end).flatMap { CivilDay.days($0, month, day) }
        case .monthDayYear:
            guard let month = nextMonth(bytes, &position, end), let day = nextDay(bytes, &position, end),
                !isDigit(DateScanner.byte(bytes, position, end))
            else { return nil }
            return nextYear(bytes, &position, end).flatMap { CivilDay.days($0, month, day) }
        case .monthYear:
            guard let month = nextMonth(bytes, &position, end) else { return nil }
            return nextYear(bytes, &position, end).flatMap { CivilDay.days($0, month, 1) }
        case .yearMonth:
            guard let year = year(bytes, &position, end) else { return nil }
            return nextMonth(bytes, &position, end).flatMap { CivilDay.days(year, $0, 1) }
        default: return nil
        }
    }

    private func nextMonth(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int,
        wordMayStandInFront: Bool = false
    ) -> Int? {
        _ = DateScanner.skipPunctuation(bytes, &position, end)
        if let month = DateWords.month(bytes, &position, end) { return month }
        guard wordMayStandInFront,
            DateWords.skipWord(in: DateVocabulary.wordsBeforeMonth, bytes, &position, end)
        else { return nil }
        return DateWords.month(bytes, &position, end)
    }

    private func nextDay(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        _ = DateScanner.skipPunctuation(bytes, &position, end)
        let (day, count) = DateScanner.digits(bytes, &position, end, most: 2)
        DateWords.skipOrdinal(bytes, &position, end)
        return count > 0 ? day : nil
    }

    private func nextYear(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        _ = DateScanner.skipPunctuation(bytes, &position, end)
        if DateWords.startsWord(DateScanner.byte(bytes, position, end)) {
            let words = DateVocabulary.wordsBeforeYear
            guard DateWords.skipWord(in: words, bytes, &position, end) else { return nil }
        }
        guard let year = year(bytes, &position, end) else { return nil }
        if DateWords.startsWord(DateScanner.byte(bytes, position + 1, end)),
            DateScanner.byte(bytes, position, end) == UInt8(ascii: " ")
        {
            DateWords.skipYearWord(bytes, &position, end)
        }
        return year
    }
}
