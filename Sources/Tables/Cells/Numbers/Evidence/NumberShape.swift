/// What stands around the digits of a text that may be a number, before the notation of its column is known.
struct NumberShape: Sendable {
    struct Affixes: Hashable, Sendable {
        var prefix = ""
        var suffix = ""
    }

    private(set) var affixes = Affixes()
    private(set) var hasParentheses = false
    private(set) var hasFootnotes = false
    /// Whether a superscript stands at the digits, which is a footnote or a power.
    private(set) var hasSuperscript = false
    /// Whether the suffix stands at the digits, without a blank.
    private(set) var isGlued = false
    /// The offsets of digits, marks and exponent.
    private(set) var digits: Range<Int>
    /// Whether there are digits only, without marks and exponent.
    private(set) var isWhole: Bool

    /// Describes a cell; nil if its form is not that of a number in any notation.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var cursor = NumberCursor(range)
        cursor.skipBlanks(bytes)
        hasParentheses = cursor.read(UInt8(ascii: "("), bytes)
        var hasSign = cursor.readSign(bytes) != nil
        if !Self.isNumber(cursor, bytes) {
            guard let prefix = Self.readPrefix(bytes, &cursor) else { return nil }
            affixes.prefix = prefix
            cursor.skipBlanks(bytes)
            if !hasSign { hasSign = cursor.readSign(bytes) != nil }
            if !hasParentheses { hasParentheses = cursor.read(UInt8(ascii: "("), bytes) }
            guard Self.isNumber(cursor, bytes) else { return nil }
        }
        if hasParentheses && hasSign { return nil }
        let start = cursor.position
        Self.skipNumber(bytes, &cursor)
        digits = start..<cursor.position
        isWhole = digits.allSatisfy { bytes[$0] &- UInt8(ascii: "0") < 10 }
        guard readEnd(bytes, cursor) else { return nil }
    }

    private static func readPrefix(_ bytes: Span<UInt8>, _ cursor: inout NumberCursor) -> String? {
        for prefix in NumberUnit.prefixes {
            let start = cursor.position
            if cursor.read(prefix, bytes) { return prefix }
            cursor.position = start
        }
        return nil
    }

    /// Whether a digit, or a decimal mark and a digit, stand here.
    private static func isNumber(_ cursor: NumberCursor, _ bytes: Span<UInt8>) -> Bool {
        let byte = cursor.byte(bytes)
        return cursor.isDigit(bytes)
            || (byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")) && cursor.isDigit(bytes, 1)
    }

    /// Skips digits, all marks that stand before digits, and an exponent.
    private static func skipNumber(_ bytes: Span<UInt8>, _ cursor: inout NumberCursor) {
        var digits: UInt64 = 0
        while true {
            _ = cursor.readDigits(bytes, into: &digits)
            let mark =
                cursor.groupMark(.comma, bytes) + cursor.groupMark(.point, bytes)
                + cursor.groupMark(.blank, bytes) + cursor.groupMark(.apostrophe, bytes)
            if mark == 0 { break }
            cursor.position += mark
        }
        if cursor.byte(bytes) == UInt8(ascii: ".") { cursor.position += 1 }
        if cursor.byte(bytes) | 0x20 == UInt8(ascii: "e") {
            let sign = cursor.byte(bytes, 1)
            let length = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") ? 2 : 1
            guard cursor.isDigit(bytes, length) else { return }
            cursor.position += length
            _ = cursor.readDigits(bytes, into: &digits)
        }
    }

    /// Reads the unit, parentheses and footnotes behind the digits.
    private mutating func readEnd(_ bytes: Span<UInt8>, _ digits: NumberCursor) -> Bool {
        var cursor = digits
        var isOpen = hasParentheses
        cursor.skipBlanks(bytes)
        let hasBlank = cursor.position > digits.position
        if isOpen, cursor.read(UInt8(ascii: ")"), bytes) { isOpen = false }
        cursor.skipBlanks(bytes)
        let superscript = cursor
        if !hasBlank, cursor.readFootnote(bytes), bytes[superscript.position] >= 0xC2,
            bytes[superscript.position] != 0xE2 || bytes[superscript.position + 1] == 0x81
        {
            hasSuperscript = true
        }
        cursor = superscript
        let start = cursor.position
        while !cursor.isAtEnd {
            guard cursor.position - start <= NumberUnit.reach else { return false }
            var rest = cursor
            // The power of a unit: m².
            let isPower =
                cursor.position > start && cursor.byte(bytes) == 0xC2 && cursor.byte(bytes, 1) & 0xFE == 0xB2
            if !isPower, rest.skipsEnd(bytes, &isOpen, &hasFootnotes) { break }
            cursor.position += 1
        }
        guard cursor.position > start else { return !isOpen }
        affixes.suffix = Self.text(bytes, start..<cursor.position)
        isGlued = !hasBlank
        return !isOpen && NumberUnit.isUnit(affixes.suffix)
    }

    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
}

extension NumberCursor {
    /// Whether only blanks, footnote signs and an open parenthesis' end follow; if so, `isOpen` and `hasFootnotes` are
    /// set.
    fileprivate mutating func skipsEnd(
        _ bytes: Span<UInt8>,
        _ isOpen: inout Bool,
        _ hasFootnotes: inout Bool
    ) -> Bool {
        var (open, footnotes) = (isOpen, hasFootnotes)
        while !isAtEnd {
            let start = position
            skipBlanks(bytes)
            if open, read(UInt8(ascii: ")"), bytes) { open = false }
            if readFootnote(bytes) { footnotes = true }
            guard position > start else { return false }
        }
        (isOpen, hasFootnotes) = (open, footnotes)
        return true
    }
}
