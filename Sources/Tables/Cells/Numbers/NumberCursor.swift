/// A position in a cell, and the signs that stand around the digits of a number.
struct NumberCursor {
    var position: Int
    /// The offset after the cell.
    let end: Int

    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    /// The byte `offset` bytes after the position; 0 after the end of the cell.
    @inline(__always)
    func byte(_ bytes: Span<UInt8>, _ offset: Int = 0) -> UInt8 {
        position &+ offset < end ? unsafe bytes[unchecked: position &+ offset] : 0
    }

    @inline(__always)
    func isDigit(_ bytes: Span<UInt8>, _ offset: Int = 0) -> Bool {
        byte(bytes, offset) &- UInt8(ascii: "0") < 10
    }

    /// Reads one byte if it is `byte`.
    @inline(__always)
    mutating func read(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard self.byte(bytes) == byte, !isAtEnd else { return false }
        position &+= 1
        return true
    }

    /// Reads `text` if it stands here.
    @inline(__always)
    mutating func read(_ text: String, _ bytes: Span<UInt8>) -> Bool {
        var offset = 0
        for letter in text.utf8 {
            guard byte(bytes, offset) == letter else { return false }
            offset &+= 1
        }
        position &+= offset
        return position <= end
    }

    /// Reads digits into `digits`, which wraps around after 19 of them, and returns their number.
    @inline(__always)
    mutating func readDigits(_ bytes: Span<UInt8>, into digits: inout UInt64) -> Int {
        let start = position
        while position < end {
            let digit = unsafe bytes[unchecked: position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            digits = digits &* 10 &+ UInt64(digit)
            position &+= 1
        }
        return position &- start
    }

    /// The length of the blank here: a space, a tab, or a no-break, thin or narrow no-break space; 0 if there is none.
    @inline(__always)
    func blank(_ bytes: Span<UInt8>) -> Int {
        switch byte(bytes) {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): 1
        case 0xC2: byte(bytes, 1) == 0xA0 ? 2 : 0
        case 0xE2 where byte(bytes, 1) == 0x80: byte(bytes, 2) == 0x89 || byte(bytes, 2) == 0xAF ? 3 : 0
        default: 0
        }
    }

    @inline(__always)
    mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while true {
            let length = blank(bytes)
            if length == 0 { return }
            position &+= length
        }
    }

    /// Reads a sign and returns whether it is a minus; nil if there is no sign.
    @inline(__always)
    mutating func readSign(_ bytes: Span<UInt8>) -> Bool? {
        switch byte(bytes) {
        case UInt8(ascii: "-"), UInt8(ascii: "+"):
            position &+= 1
            return unsafe bytes[unchecked: position &- 1] == UInt8(ascii: "-")
        case 0xE2:
            // U+2212, the minus sign, and U+2013, the en dash.
            let (second, third) = (byte(bytes, 1), byte(bytes, 2))
            guard second == 0x88 && third == 0x92 || second == 0x80 && third == 0x93 else { return nil }
            position &+= 3
            return true
        default: return nil
        }
    }

    /// The length of the mark of `grouping` here, if a digit follows it; otherwise 0.
    @inline(__always)
    func groupMark(_ grouping: NumberNotation.Grouping, _ bytes: Span<UInt8>) -> Int {
        let length =
            switch grouping {
            case .none: 0
            case .comma: byte(bytes) == UInt8(ascii: ",") ? 1 : 0
            case .point: byte(bytes) == UInt8(ascii: ".") ? 1 : 0
            case .blank: byte(bytes) == UInt8(ascii: "\t") ? 0 : blank(bytes)
            case .apostrophe: apostrophe(bytes)
            }
        return length > 0 && isDigit(bytes, length) ? length : 0
    }

    private func apostrophe(_ bytes: Span<UInt8>) -> Int {
        if byte(bytes) == UInt8(ascii: "'") { return 1 }
        return byte(bytes) == 0xE2 && byte(bytes, 1) == 0x80 && byte(bytes, 2) == 0x99 ? 3 : 0
    }

    /// Reads one footnote sign: `*`, `†`, `‡`, a superscript, or a mark of up to three letters or digits in brackets.
    mutating func readFootnote(_ bytes: Span<UInt8>) -> Bool {
        let length = footnote(bytes)
        position += length
        return length > 0
    }

    private func footnote(_ bytes: Span<UInt8>) -> Int {
        let (first, second, third) = (byte(bytes), byte(bytes, 1), byte(bytes, 2))
        switch first {
        case UInt8(ascii: "*"): return 1
        case 0xC2: return second == 0xB9 || second == 0xB2 || second == 0xB3 ? 2 : 0
        case 0xE2 where second == 0x80: return third == 0xA0 || third == 0xA1 ? 3 : 0
        case 0xE2 where second == 0x81: return third == 0xB0 || (0xB4...0xB9).contains(third) ? 3 : 0
        case UInt8(ascii: "["):
            for length in 1...3 {
                guard isDigit(bytes, length) || byte(bytes, length) | 0x20 &- 97 < 26 else { return 0 }
                if byte(bytes, length + 1) == UInt8(ascii: "]") { return length + 2 }
            }
            return 0
        default: return 0
        }
    }
}
