/// Reads times of day.
enum ClockTime {
    /// Reads a time such as `14:05`, `14:05:30.25`, `14.05.30` or `2:05 PM`: seconds since midnight.
    ///
    /// Returns nil if there is none. Behind a date, `hourMayStandAlone` allows `14` or `140530`, as in `2019-03-07T14`.
    @inline(__always)
    static func seconds(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int,
        _ clock: DateFormat.Clock,
        hourMayStandAlone: Bool = false
    ) -> Double? {
        let (written, count) = DateScanner.digits(bytes, &position, end, most: 2)
        guard count > 0 else { return nil }
        var (hour, minute, second, fraction) = (written, 0, 0, 0.0)
        let colon = DateScanner.byte(bytes, position, end)
        if colon == UInt8(ascii: ":") || colon == UInt8(ascii: ".") {
            position &+= 1
            guard let two = twoDigits(bytes, &position, end) else { return nil }
            minute = two
            if DateScanner.read(colon, bytes, &position, end) {
                guard let two = twoDigits(bytes, &position, end) else { return nil }
                second = two
                guard let part = Self.fraction(bytes, &position, end) else { return nil }
                fraction = part
            } else if colon == UInt8(ascii: ".") {
                // `14.05` is a number; `14.05.30` is none.
                return nil
            }
        } else if clock != .twelveHours {
            guard hourMayStandAlone, count == 2 else { return nil }
            if let two = twoDigits(bytes, &position, end) {
                // `140530` of ISO 8601's basic form.
                minute = two
                second = twoDigits(bytes, &position, end) ?? 0
            }
        }
        if clock == .twelveHours {
            guard hour >= 1, hour <= 12, let isAfternoon = half(bytes, &position, end) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return Double(hour &* 3_600 &+ minute &* 60 &+ second) + fraction
    }

    /// Reads a zone: `Z`, an offset such as `+01:00`, or the letters of a usual zone; returns whether it is valid.
    ///
    /// There may be no zone.
    static func skipZone(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
        guard position < end else { return true }
        DateScanner.skipBlanks(bytes, &position, end)
        let first = DateScanner.byte(bytes, position, end)
        guard DateScanner.isLetter(first) else { return skipOffset(bytes, &position, end) }
        for name: StaticString in [
            "utc", "gmt", "z", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cest", "cet", "bst",
            "ist", "jst", "aest", "msk",
        ] {
            var next = position
            guard DateScanner.read(name, bytes, &next, end),
                !DateScanner.isLetter(DateScanner.byte(bytes, next, end))
            else { continue }
            position = next
            return true
        }
        return false
    }

    /// Reads `+01:00`, `+0100` or `+01`, up to 14 hours.
    private static func skipOffset(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
        let sign = DateScanner.byte(bytes, position, end)
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
        position += 1
        guard let hours = twoDigits(bytes, &position, end), hours <= 14 else { return false }
        let hasColon = DateScanner.read(UInt8(ascii: ":"), bytes, &position, end)
        guard let minutes = twoDigits(bytes, &position, end) else { return !hasColon }
        return minutes < 60
    }

    @inline(__always)
    private static func twoDigits(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        let (value, count) = DateScanner.digits(bytes, &position, end, most: 2)
        return count == 2 ? value : nil
    }

    /// Reads a fraction of a second behind a point or comma; 0 if there is none, nil if digits lack.
    @inline(__always)
    private static func fraction(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Double? {
        let sign = DateScanner.byte(bytes, position, end)
        guard sign == UInt8(ascii: ".") || sign == UInt8(ascii: ",") else { return 0 }
        position &+= 1
        let (value, count) = DateScanner.digits(bytes, &position, end, most: 9)
        guard count > 0 else { return nil }
        var scale = 1
        for _ in 0..<count { scale &*= 10 }
        return Double(value) / Double(scale)
    }

    /// Reads `AM` or `PM`, also `a.m.` and `p.m.`: whether it is the second half of the day.
    private static func half(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool? {
        DateScanner.skipBlanks(bytes, &position, end)
        let isAfternoon = DateScanner.read(UInt8(ascii: "p"), bytes, &position, end)
        guard isAfternoon || DateScanner.read(UInt8(ascii: "a"), bytes, &position, end) else { return nil }
        _ = DateScanner.read(UInt8(ascii: "."), bytes, &position, end)
        guard DateScanner.read(UInt8(ascii: "m"), bytes, &position, end) else { return nil }
        _ = DateScanner.read(UInt8(ascii: "."), bytes, &position, end)
        return isAfternoon
    }
}
