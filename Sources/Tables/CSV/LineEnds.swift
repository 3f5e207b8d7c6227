/// Counts line ends and finds the lines of a file.
enum LineEnds {
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// The number of line ends in `range`: LF, or CR that is not followed by LF.
    ///
    /// The end of the file counts as a line end if the last line has none.
    static func count(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int {
        let endsWithoutLineEnd =
            range.upperBound == bytes.count && !range.isEmpty && !CSVScanner.endsLine(bytes[bytes.count - 1])
        return written(bytes, in: range) + (endsWithoutLineEnd ? 1 : 0)
    }

    /// The number of line ends in `range`; the loop reads eight bytes at a time.
    private static func written(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int {
        var lines = 0
        var position = range.lowerBound
        while position + 8 <= range.upperBound {
            let word = word(bytes, position)
            lines &+= count(of: newline, in: word)
            if count(of: carriageReturn, in: word) > 0 {
                for index in position..<position + 8 where isLoneReturn(bytes, index) { lines += 1 }
            }
            position += 8
        }
        for index in position..<range.upperBound where endsHere(bytes, index) { lines += 1 }
        return lines
    }

    /// The number of the line in which byte `offset` lies, counted from 1.
    static func line(of offset: Int, in bytes: Span<UInt8>) -> Int {
        1 + written(bytes, in: 0..<offset)
    }

    /// The offset after the last byte before `offset` that is no line end.
    static func trimmed(_ offset: Int, _ bytes: Span<UInt8>) -> Int {
        var end = offset
        while end > 0, CSVScanner.endsLine(bytes[end - 1]) { end -= 1 }
        return end
    }

    /// The offset after the last byte before `offset` that is neither on a blank line nor a line end; at least `start`.
    static func withoutBlankLines(_ start: Int, _ offset: Int, _ bytes: Span<UInt8>) -> Int {
        var end = trimmed(offset, bytes)
        while true {
            var line = end
            while line > start, !CSVScanner.endsLine(bytes[line - 1]) { line -= 1 }
            guard line > start, Blank.end(of: line..<end, in: bytes) == line else { return end }
            end = trimmed(line, bytes)
        }
    }

    /// The number of bytes of `word` that equal `byte`.
    ///
    /// The exclusive or turns an equal byte into 0. Adding 127 to the lower seven bits of a byte sets its highest bit
    /// unless these bits are 0. Together with the highest bit of `difference`, the highest bit is then clear only for
    /// an equal byte. The product counts the clear bits.
    @inline(__always)
    private static func count(of byte: UInt8, in word: UInt64) -> Int {
        let (ones, low): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x7F7F_7F7F_7F7F_7F7F)
        let difference = word ^ (ones &* UInt64(byte))
        let others = (difference & low) &+ low | difference
        return Int(truncatingIfNeeded: (((~others & ~low) &>> 7) &* ones) &>> 56)
    }

    /// Reads eight bytes unchecked; every caller has checked that they exist.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ position: Int) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
    }

    private static func endsHere(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        bytes[position] == newline || isLoneReturn(bytes, position)
    }

    private static func isLoneReturn(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        bytes[position] == carriageReturn && (position + 1 == bytes.count || bytes[position + 1] != newline)
    }
}
