/// Whether texts that can be read as dates are dates.
///
/// A full date with a year of four digits is one. Shorter forms are also seasons (`2010-11`), scores (`21:19`), laps,
/// versions (`1.10.12`), ids and amounts: they need a name that speaks of time, or values that nothing else has.
struct DateEvidence {
    private let format: DateFormat
    private let cells: DateCells
    private let name: ColumnNameWords

    init(_ format: DateFormat, _ cells: DateCells, name: String) {
        (self.format, self.cells) = (format, cells)
        self.name = ColumnNameWords(name)
    }

    var isPlausible: Bool { isPlausibleLayout && !isRatherPhrase }

    private var isPlausibleLayout: Bool {
        switch format.layout {
        case .time: isTimeOfDay
        case .epochSeconds, .epochMilliseconds: isEpoch
        case .yearMonth where format.separator == .none: name.speaksOfTime && isYears(1_900...2_100)
        case .yearMonth where !format.namesMonths: isYears(1_600...2_200) && !isSeasons
        case .yearMonth, .monthYear, .quarter, .week:
            isYears(1_600...2_200) && (!format.hasShortYears || isMonthsOfShortYears)
        case .yearMonthDay where format.separator == .none && isMostlyEightBytes: isEightDigits
        case .dayMonthYear where format.separator == .none && isMostlyEightBytes,
            .monthDayYear where format.separator == .none && isMostlyEightBytes:
            isEightDigits && name.speaksOfTime
        default: isDay
        }
    }

    private var isDay: Bool {
        guard isYears(1_000...2_300) else { return false }
        if format.separator == .point, name.speaksOfIDs { return false }
        if format.hasShortYears, format.layout != .yearMonthDay, !format.namesMonths, isRatherYearFirst {
            return false
        }
        guard format.hasShortYears, !format.namesMonths, format.separator != .slash else { return true }
        if name.speaksOfTime { return true }
        // Nobody writes the month first with points: those are versions.
        if format.separator == .point, format.layout == .monthDayYear { return false }
        return format.separator != .any && !name.speaksOfIDs && isPadded && cells.ranges.count >= 5
    }

    /// Whether nearly all years are in `years`; a few, such as 9999 for "never", may be others.
    private func isYears(_ years: ClosedRange<Int>) -> Bool {
        let values = cells.seconds(format)
        let usual = values.count { years.contains(Self.civilDay($0).year) }
        return Double(usual) >= 0.9 * Double(values.count)
    }

    /// Whether nearly all texts have the same length, as where numbers below 10 have a leading zero.
    private var isPadded: Bool {
        let lengths = Dictionary(grouping: cells.ranges, by: \.count)
        return (lengths.values.map(\.count).max() ?? 0) * 10 >= cells.ranges.count * 9
    }

    /// Whether all cells are two years that follow each other, as in `2010-11`.
    private var isSeasons: Bool {
        cells.seconds(format).allSatisfy { seconds in
            let day = Self.civilDay(seconds)
            return day.month == (day.year + 1) % 100
        }
    }

    /// Whether the words may be no months, as in `Set 1990`, `Mars 2020` or `3 out 10`.
    ///
    /// Some names of months in other languages are English words: they are months without doubt where a day and a whole
    /// year are beside them, or if several months occur.
    private var isRatherPhrase: Bool {
        guard format.namesMonths, format.separator != .characters, !name.speaksOfTime,
            format.hasShortYears || !format.hasDays, !isEnglish
        else { return false }
        return Set(cells.seconds(format).map { Self.civilDay($0).month }).count < 2
    }

    /// Whether a cell has the English name of a month.
    private var isEnglish: Bool {
        let span = cells.bytes.span
        return cells.ranges.contains { range in
            range.contains { start in
                var position = start
                guard start == range.lowerBound || !DateScanner.isLetter(span[start - 1]) else {
                    return false
                }
                return DateWords.englishMonth(span, &position, range.upperBound) != nil
            }
        }
    }

    /// Whether the numbers beside the names of months are years and not days, as in `Mar-19`.
    ///
    /// Years that could be days must be few and without a gap; days of several months are more, or have gaps.
    private var isMonthsOfShortYears: Bool {
        guard format.namesMonths else { return name.speaksOfTime }
        let days = cells.seconds(format).map(Self.civilDay)
        let (years, months) = (Set(days.map(\.year)), Set(days.map(\.month)))
        guard let first = years.min(), let last = years.max() else { return false }
        if first < 2_001 || last > 2_031 { return true }
        return years.count <= 24 && last - first + 1 == years.count && months.count > 1
            && days.count > years.count
    }

    /// Whether the year rather stands in front, as in `19-03-07` and `19-03-28`.
    ///
    /// These may be days of 2007 and 2028, but few tables have more years than days.
    private var isRatherYearFirst: Bool {
        var other = format
        other.layout = .yearMonthDay
        let (own, others) = (cells.seconds(format), cells.seconds(other))
        return others.count >= own.count && Self.hasMoreYearsThanDays(own)
            && !Self.hasMoreYearsThanDays(others)
    }

    private static func hasMoreYearsThanDays(_ values: [Double]) -> Bool {
        let days = values.map(civilDay)
        return Set(days.map(\.year)).count > Set(days.map(\.day)).count
    }

    private static func civilDay(_ seconds: Double) -> CivilDay {
        CivilDay(daysSince1970: Int((seconds / 86_400).rounded(.down)))
    }

    /// Whether most texts are too short to have a time, although the format may allow one.
    private var isMostlyEightBytes: Bool {
        cells.ranges.count { $0.count == 8 } * 2 > cells.ranges.count
    }

    private var isEightDigits: Bool {
        guard isYears(1_900...2_100) else { return false }
        return name.speaksOfTime || !name.speaksOfIDs && cells.ranges.count >= 10
    }

    /// Whether hours and minutes are of a clock.
    ///
    /// Lap times and lengths of songs are written in the same way, with minutes and seconds: those seldom have a
    /// leading zero, and most are a few minutes.
    private var isTimeOfDay: Bool {
        guard !name.speaksOfDurations else { return false }
        guard format.clock == .twentyFourHours else { return true }
        if name.speaksOfTime { return true }
        let hours = cells.seconds(format).map { Int($0) / 3_600 }
        let spread = Set(hours).count
        return hours.contains { $0 > 12 } && spread >= min(4, cells.ranges.count) && (isPadded || spread >= 8)
    }

    /// Whether all numbers are moments from 1990 to 2100, and the name says so or all are whole minutes.
    private var isEpoch: Bool {
        let values = cells.seconds(format)
        guard values.allSatisfy({ (631_152_000...4_102_444_800).contains($0) }) else { return false }
        return name.speaksOfMoments && !name.speaksOfDurations || values.count >= 20 && isRegular(values)
    }

    /// Whether all values are multiples of a minute.
    ///
    /// A minute has the factor 3, which round amounts do not share.
    private func isRegular(_ values: [Double]) -> Bool {
        values.allSatisfy { $0.truncatingRemainder(dividingBy: 60) == 0 }
    }
}
