/// Parses decimal numbers exactly: the result is the nearest double, ties to even, on every machine.
///
/// Let w be all digits as one integer, so that the number is w * 10^e. There are three methods, all exact:
/// 1. w < 2^53 and |e| <= 22: one product or quotient of exact doubles, rounded once (Clinger 1990).
/// 2. w < 2^64 and |e| <= 27, which covers doubles of common sizes printed with 17 digits: 5^27 fits in 63 bits, so
///   w * 5^e is a product and w / 5^-e a quotient of two 64-bit integers. Of the bits cut off, it only matters whether
///   all are zero.
/// 3. All other numbers: the standard library, which also rounds correctly.
enum Decimal {
    /// The largest number of bytes that ``scan(_:_:point:)`` reads: a number for method 1 or 2, and one more byte.
    static let reach = 32

    private static let tens: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18,
        1e19, 1e20, 1e21, 1e22,
    ]
    private static let fives: [UInt64] = (0...27).map { (0..<$0).reduce(1) { power, _ in power * 5 } }

    /// Parses the number at `position` with method 1 or 2 and advances `position` past it.
    ///
    /// Returns nil if there is no number, or if the number needs method 3; `position` is then undefined.
    ///
    /// Precondition: at least ``reach`` bytes follow. The bytes are read without bounds checks, which saves a third of
    /// the time.
    @inline(__always)
    static func scan(_ bytes: Span<UInt8>, _ position: inout Int, point: UInt8) -> Double? {
        let isNegative = byte(bytes, position) == UInt8(ascii: "-")
        if isNegative || byte(bytes, position) == UInt8(ascii: "+") { position &+= 1 }
        var digits: UInt64 = 0
        var count = 0
        parseDigits(bytes, &position, &digits, &count)
        var exponent = 0
        if byte(bytes, position) == point {
            position &+= 1
            let before = count
            parseDigits(bytes, &position, &digits, &count)
            exponent = before &- count
        }
        guard count > 0, count <= 19 else { return nil }
        if byte(bytes, position) | 0x20 == UInt8(ascii: "e") {
            guard let written = parseExponent(bytes, &position) else { return nil }
            exponent &+= written
        }
        guard let value = value(of: digits, exponent) else { return nil }
        return isNegative ? -value : value
    }

    /// The number in `field`; nil if the field is not a number.
    static func number(_ bytes: Span<UInt8>, _ field: CSVField, point: UInt8) -> Double? {
        var position = field.start
        if position + reach <= bytes.count, let value = scan(bytes, &position, point: point),
            position == field.end
        {
            return value
        }
        return parse(bytes, field, point: point)
    }

    /// Parses `field` with method 3, which accepts every number that the other methods accept.
    static func parse(_ bytes: Span<UInt8>, _ field: CSVField, point: UInt8) -> Double? {
        guard field.end - field.start > 0, field.end - field.start < 1_000 else { return nil }
        var text: [UInt8] = []
        for index in field.start..<field.end {
            let byte = bytes[index]
            switch byte {
            case point: text.append(UInt8(ascii: "."))
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                text.append(byte)
            default: return nil
            }
        }
        return Double(String(decoding: text, as: UTF8.self))
    }

    /// Parses at most 20 digits; any 19 digits fit in 64 bits.
    @inline(__always)
    private static func parseDigits(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ digits: inout UInt64,
        _ count: inout Int
    ) {
        while count < 20 {
            let digit = byte(bytes, position) &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            digits = digits &* 10 &+ UInt64(digit)
            count &+= 1
            position &+= 1
        }
    }

    /// Parses an `e`, a sign and up to three digits.
    private static func parseExponent(_ bytes: Span<UInt8>, _ position: inout Int) -> Int? {
        position &+= 1
        let sign = byte(bytes, position)
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position &+= 1 }
        var (exponent, count): (UInt64, Int) = (0, 17)
        parseDigits(bytes, &position, &exponent, &count)
        guard count > 17, count < 20 || byte(bytes, position) &- UInt8(ascii: "0") >= 10 else { return nil }
        return sign == UInt8(ascii: "-") ? -Int(exponent) : Int(exponent)
    }

    /// `digits * 10^exponent`, by method 1 or 2; nil if the number needs method 3.
    @inline(__always)
    static func value(of digits: UInt64, _ exponent: Int) -> Double? {
        if digits < 1 << 53, exponent.magnitude <= 22 {
            let power = tens[Int(exponent.magnitude)]
            return exponent < 0 ? Double(digits) / power : Double(digits) * power
        }
        guard exponent.magnitude <= 27 else { return nil }
        return exponent < 0 ? quotient(digits, exponent) : product(digits, exponent)
    }

    /// `digits * 10^exponent` for exponents from 0 to 27.
    private static func product(_ digits: UInt64, _ exponent: Int) -> Double {
        let (high, low) = digits.multipliedFullWidth(by: fives[exponent])
        guard high > 0 else { return rounded(low, isExact: true, exponent: exponent) }
        let shift = high.leadingZeroBitCount
        let top = high << UInt64(shift) | low >> UInt64(64 - shift)
        return rounded(top, isExact: low << UInt64(shift) == 0, exponent: exponent + 64 - shift)
    }

    /// `digits * 10^exponent` for exponents from -27 to -1.
    private static func quotient(_ digits: UInt64, _ exponent: Int) -> Double {
        let five = fives[-exponent]
        let (up, down) = (digits.leadingZeroBitCount, five.leadingZeroBitCount)
        let (dividend, divisor) = (digits << UInt64(up), five << UInt64(down))
        // A full-width division needs a high half below the divisor, so the dividend is halved. The quotient has at
        // least 63 bits, or is 0.
        let (quotient, rest) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
        return rounded(quotient, isExact: rest == 0, exponent: exponent - up + down - 63)
    }

    /// `bits * 2^exponent`, rounded to the nearest double; if `isExact` is false, the number to round is slightly
    /// greater.
    private static func rounded(_ bits: UInt64, isExact: Bool, exponent: Int) -> Double {
        // A set bit below the 53 bits of a double and the rounding bit has the same effect at any position.
        let sticky: UInt64 = isExact ? 0 : 1
        return Double(bits | sticky) * Double(bitPattern: UInt64(1_023 + exponent) << 52)
    }

    @inline(__always)
    private static func byte(_ bytes: Span<UInt8>, _ position: Int) -> UInt8 {
        unsafe bytes[unchecked: position]
    }
}
