/// The value of a cell.
extension NumberNotation {
    /// The number in a cell, as the nearest double; nil if the cell is no number in this notation.
    ///
    /// Allocates memory only for numbers with more than 19 digits or with large exponents. `range` has the offsets of the
    /// cell.
    package func value(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        var cursor = NumberCursor(range)
        cursor.skipBlanks(bytes)
        var isOpen = hasParentheses && cursor.read(UInt8(ascii: "("), bytes)
        var sign = cursor.readSign(bytes)
        if !prefix.isEmpty {
            guard cursor.read(prefix, bytes) || prefixIsOptional else { return nil }
            cursor.skipBlanks(bytes)
            if sign == nil { sign = cursor.readSign(bytes) }
            if hasParentheses, !isOpen { isOpen = cursor.read(UInt8(ascii: "("), bytes) }
        }
        guard let magnitude = readMagnitude(bytes, &cursor) else { return nil }
        if !cursor.isAtEnd {
            guard readEnd(bytes, &cursor, isOpen: isOpen) else { return nil }
        } else if isOpen || !suffix.isEmpty && !suffixIsOptional {
            return nil
        }
        if isOpen, sign != nil { return nil }
        return sign == true || isOpen ? -magnitude : magnitude
    }

    /// Reads what stands behind the digits, up to the end of the cell.
    private func readEnd(_ bytes: Span<UInt8>, _ cursor: inout NumberCursor, isOpen: Bool) -> Bool {
        var isOpen = isOpen
        func close() {
            if isOpen, cursor.read(UInt8(ascii: ")"), bytes) { isOpen = false }
        }
        cursor.skipBlanks(bytes)
        close()
        if !suffix.isEmpty {
            cursor.skipBlanks(bytes)
            guard readSuffix(bytes, &cursor) || suffixIsOptional else { return false }
            cursor.skipBlanks(bytes)
            close()
        }
        if hasFootnotes {
            while cursor.readFootnote(bytes) { cursor.skipBlanks(bytes) }
            close()
            while cursor.readFootnote(bytes) {}
        }
        cursor.skipBlanks(bytes)
        return cursor.isAtEnd && !isOpen
    }

    private func readSuffix(_ bytes: Span<UInt8>, _ cursor: inout NumberCursor) -> Bool {
        let start = cursor.position
        if cursor.read(suffix, bytes) { return true }
        cursor.position = start
        return !singular.isEmpty && cursor.read(singular, bytes)
    }

    /// Reads digits, marks and exponent.
    @inline(__always)
    private func readMagnitude(_ bytes: Span<UInt8>, _ cursor: inout NumberCursor) -> Double? {
        let start = cursor.position
        var digits: UInt64 = 0
        guard var count = readWhole(bytes, &cursor, &digits) else { return nil }
        let isGrouped = cursor.position &- start != count
        var exponent = 0
        if cursor.read(decimal.byte, bytes) {
            let decimals = cursor.readDigits(bytes, into: &digits)
            // "12," is a part of a list rather than a number; "12." is a number for pandas and the standard library.
            guard decimals > 0 || decimal == .point else { return nil }
            count &+= decimals
            exponent = 0 &- decimals
        }
        guard count > 0 else { return nil }
        if !isGrouped, cursor.byte(bytes) | 0x20 == UInt8(ascii: "e") {
            exponent &+= readExponent(bytes, &cursor)
        }
        if count <= 19, let value = Decimal.value(of: digits, exponent) { return value }
        return long(bytes, start..<cursor.position)
    }

    /// Reads the digits before the decimal mark and returns their number; nil if the groups are wrong.
    @inline(__always)
    private func readWhole(
        _ bytes: Span<UInt8>,
        _ cursor: inout NumberCursor,
        _ digits: inout UInt64
    ) -> Int? {
        let isZero = cursor.byte(bytes) == UInt8(ascii: "0")
        let head = cursor.readDigits(bytes, into: &digits)
        guard grouping != .none else { return head }
        var (count, last, groups) = (head, head, 0)
        while count > 0 {
            let mark = cursor.groupMark(grouping, bytes)
            if mark == 0 { break }
            if groups == 0 {
                guard head <= (groupsByTwo ? 2 : 3), !isZero else { return nil }
            } else {
                guard last == (groupsByTwo ? 2 : 3) else { return nil }
            }
            cursor.position &+= mark
            last = cursor.readDigits(bytes, into: &digits)
            count &+= last
            groups &+= 1
        }
        return (groups > 0 ? last == 3 : head <= 3 || groupsAreOptional) ? count : nil
    }

    /// Reads an `e`, a sign and digits, and returns the exponent; reads nothing if digits are missing, as in "12 eV".
    private func readExponent(_ bytes: Span<UInt8>, _ cursor: inout NumberCursor) -> Int {
        let sign = cursor.byte(bytes, 1)
        let length = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") ? 2 : 1
        guard cursor.isDigit(bytes, length) else { return 0 }
        cursor.position &+= length
        var exponent: UInt64 = 0
        let count = cursor.readDigits(bytes, into: &exponent)
        // A number with a longer exponent is 0 or infinity.
        let magnitude = count < 6 ? Int(exponent) : 100_000
        return sign == UInt8(ascii: "-") ? -magnitude : magnitude
    }

    /// The number in `range`, whose marks are right, by the standard library.
    private func long(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        var text: [UInt8] = []
        for index in range {
            let byte = bytes[index]
            switch byte {
            case decimal.byte: text.append(UInt8(ascii: "."))
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                text.append(byte)
            default: break
            }
        }
        return Double(String(decoding: text, as: UTF8.self))
    }
}
