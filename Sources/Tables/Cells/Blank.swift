/// The signs that are skipped around a cell: space, tab, form feed, vertical tab, and the blanks of Unicode in UTF-8.
enum Blank {
    static let space = UInt8(ascii: " ")
    /// The end mark of DOS files, Control-Z.
    static let endOfFile: UInt8 = 0x1A

    /// The length in bytes of the blank at `position`; 0 if there is none.
    @inline(__always)
    static func length(_ bytes: Span<UInt8>, at position: Int) -> Int {
        let byte = bytes[position]
        if byte > space, byte < 0xC2 { return 0 }
        if byte <= space { return byte == space || isControl(byte) ? 1 : 0 }
        return wideLength(bytes, at: position)
    }

    /// The end of `range` without the blanks at its end.
    @inline(__always)
    static func end(of range: Range<Int>, in bytes: Span<UInt8>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound {
            let last = bytes[end - 1]
            if last == space || isControl(last) || last == endOfFile {
                end -= 1
            } else if last >= 0x80, let start = startOfWideBlank(range.lowerBound..<end, bytes) {
                end = start
            } else {
                return end
            }
        }
        return end
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0B || byte == 0x0C }

    /// The start of the blank of more than one byte at the end of `range`; nil if there is none.
    private static func startOfWideBlank(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
        for length in 2...3 where range.count >= length {
            let start = range.upperBound - length
            if bytes[start] >= 0xC2, wideLength(bytes, at: start) == length { return start }
        }
        return nil
    }

    /// The length of a blank of more than one byte: the no-break space, the spaces from U+2000 to U+200B, U+202F,
    /// U+2060, the ideographic space, and the byte order mark; 0 if there is none.
    private static func wideLength(_ bytes: Span<UInt8>, at position: Int) -> Int {
        guard position + 1 < bytes.count else { return 0 }
        let (first, second) = (bytes[position], bytes[position + 1])
        if first == 0xC2 { return second == 0xA0 ? 2 : 0 }
        guard position + 2 < bytes.count else { return 0 }
        let third = bytes[position + 2]
        let isBlank =
            switch (first, second) {
            case (0xE2, 0x80): (0x80...0x8B).contains(third) || third == 0xAF
            case (0xE2, 0x81): third == 0xA0
            case (0xE3, 0x80): third == 0x80
            case (0xEF, 0xBB): third == 0xBF
            default: false
            }
        return isBlank ? 3 : 0
    }
}
