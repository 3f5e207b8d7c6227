extension DateFormat {
    private static let yearSigns: [StaticString] = ["年", "년"]
    private static let monthSigns: [StaticString] = ["月", "월"]
    private static let daySigns: [StaticString] = ["日", "일", "号", "號"]

    /// Reads a day or month whose numbers have characters behind them, such as `2019年3月7日`, `2019年3月` or
    /// `2019년 3월 7일`: days since 1970-01-01.
    func dayWithCharacters(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let year = year(bytes, &position, end), Self.read(Self.yearSigns, bytes, &position, end),
            let month = Self.number(bytes, &position, end), Self.read(Self.monthSigns, bytes, &position, end)
        else { return nil }
        guard layout == .yearMonthDay else { return CivilDay.days(year, month, 1) }
        guard let day = Self.number(bytes, &position, end), Self.read(Self.daySigns, bytes, &position, end)
        else { return nil }
        return CivilDay.days(year, month, day)
    }

    /// Reads blanks and a number of one or two digits.
    private static func number(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        DateScanner.skipBlanks(bytes, &position, end)
        let (value, count) = DateScanner.digits(bytes, &position, end, most: 2)
        return count > 0 ? value : nil
    }

    /// Reads blanks and one of `characters`, which have three bytes each.
    private static func read(
        _ characters: [StaticString],
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int
    ) -> Bool {
        DateScanner.skipBlanks(bytes, &position, end)
        for character in characters
        where (0..<3).allSatisfy({
            unsafe DateScanner.byte(bytes, position + $0, end) == character.utf8Start[$0]
        }) {
            position += 3
            return true
        }
        return false
    }
}
