/// The decision whether the day or the month is written first.
struct DayOrder {
    let format: DateFormat
    private(set) var note: String?
    private(set) var isGuess = false

    /// Decides the order in `format`, which reads most of the cells.
    ///
    /// A cell such as 25/12/2019 tells it. If there is none, the day may be recognised as the number that is always 1,
    /// or the rows are in order of time under one of both readings. Otherwise it is a guess: month first, as pandas
    /// has it, but day first where points separate, because only languages with the day first write so.
    init(_ format: DateFormat, _ cells: DateCells) {
        guard let other = format.exchangingDayAndMonth else {
            self.format = format
            return
        }
        let isDayFirst = format.layout == .dayMonthYear
        let (dayFirst, monthFirst) = isDayFirst ? (format, other) : (other, format)
        if let example = cells.example(of: format, not: other) {
            self.format = format
            note = "\(format.orderInWords), as in \(example)"
            return
        }
        let (days, months) = (cells.seconds(dayFirst), cells.seconds(monthFirst))
        if let isDayFirst = Self.isDayFirst(days, months) {
            self.format = isDayFirst.answer ? dayFirst : monthFirst
            note = "\(self.format.orderInWords), because \(isDayFirst.reason)"
            return
        }
        self.format = format.separator == .point ? dayFirst : monthFirst
        isGuess = true
        let reason = format.separator == .point ? "as usual where points separate" : "as pandas reads it"
        note = "\(self.format.orderInWords), \(reason): no cell tells"
    }

    /// Whether the day is first, by the values under both readings; nil if they do not tell.
    private static func isDayFirst(
        _ days: [Double],
        _ months: [Double]
    ) -> (answer: Bool, reason: String)? {
        let (isFirst, isSecond) = (isMonthly(days), isMonthly(months))
        if isFirst != isSecond { return (isFirst, "the other number is always 1") }
        let (isSorted, isSortedToo) = (isOrdered(days), isOrdered(months))
        guard isSorted != isSortedToo else { return nil }
        return (isSorted, "the rows are then in order of time")
    }

    /// Whether all values are the first day of a month, of several months and years.
    private static func isMonthly(_ values: [Double]) -> Bool {
        let days = values.map { CivilDay(daysSince1970: Int(($0 / 86_400).rounded(.down))) }
        guard days.allSatisfy({ $0.day == 1 }) else { return false }
        return Set(days.map(\.year)).count > 1 && Set(days.map(\.month)).count > 2
    }

    /// Whether the values rise or fall, with at least four different ones.
    private static func isOrdered(_ values: [Double]) -> Bool {
        let pairs = zip(values, values.dropFirst())
        guard pairs.count(where: { $0 != $1 }) >= 3 else { return false }
        return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
    }
}

extension DateFormat {
    fileprivate var orderInWords: String { layout == .dayMonthYear ? "day first" : "month first" }
}
