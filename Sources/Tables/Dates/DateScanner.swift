/// Reads the pieces of which dates consist: digits, separators and words.
///
/// Each function reads at `position` and advances it past what it has read. Bytes are read without bounds checks, so
/// `end` must not be greater than the number of bytes.
enum DateScanner {
    /// The byte at `position`; 0 at the end.
    @inline(__always)
    static func byte(_ bytes: Span<UInt8>, _ position: Int, _ end: Int) -> UInt8 {
        position < end ? unsafe bytes[unchecked: position] : 0
    }

    /// Reads at most `most` digits; the count is 0 if there are none.
    @inline(__always)
    static func digits(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int,
        most: Int
    ) -> (value: Int, count: Int) {
        var (value, count) = (0, 0)
        while count < most {
            let digit = byte(bytes, position, end) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ Int(digit)
            count &+= 1
            position &+= 1
        }
        return (value, count)
    }

    /// Reads `letter`, a lowercase letter or another sign, in either case.
    @inline(__always)
    static func read(
        _ letter: UInt8,
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int
    ) -> Bool {
        let byte = byte(bytes, position, end)
        guard byte == letter || isLetter(letter) && byte | 0x20 == letter else { return false }
        position &+= 1
        return true
    }

    /// Reads `word`, in lowercase letters, in upper, lower or mixed case.
    static func read(
        _ word: StaticString,
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int
    ) -> Bool {
        let length = word.utf8CodeUnitCount
        guard end - position >= length else { return false }
        for offset in 0..<length {
            let letter = unsafe word.utf8Start[offset]
            if byte(bytes, position + offset, end) | 0x20 != letter { return false }
        }
        position += length
        return true
    }

    /// Reads blanks.
    @inline(__always)
    static func skipBlanks(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) {
        while byte(bytes, position, end) == UInt8(ascii: " ") { position &+= 1 }
    }

    /// Reads up to three of the signs that may stand between the parts of a date with words, such as the comma and the
    /// blank in `March 7, 2019`; returns how many.
    static func skipPunctuation(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int {
        let start = position
        while position - start < 3 {
            switch byte(bytes, position, end) {
            case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "/"), UInt8(ascii: "'"), UInt8(ascii: "_"):
                position += 1
            default: return position - start
            }
        }
        return position - start
    }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
}
