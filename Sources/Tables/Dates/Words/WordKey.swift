/// A word of up to twelve Latin or Cyrillic letters as one number, without regard to case and accents.
///
/// `MÄRZ`, `März` and `Marz` have the same key. Five bits tell a letter: twelve take 60 bits, a bit in front of them
/// tells how many there are, and the highest bit tells the script. So two words with the same key have the same letters.
struct WordKey: Hashable {
    private let bits: UInt64

    static let mostLetters = 12

    /// Reads a word and advances `position` past it; nil if there is none, or if it has other letters or too many.
    ///
    /// Nothing is allocated.
    init?(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) {
        var (bits, count): (UInt64, Int) = (1, 0)
        var script: Script?
        loop: while position < end {
            switch Self.sign(bytes, position, end) {
            case .other: break loop
            case .unknown: return nil
            case .accent: position += 2
            case .letter(let index, let own, let length):
                guard script == nil || script == own, count < Self.mostLetters else { return nil }
                (script, bits) = (own, bits << 5 | UInt64(index))
                count += 1
                position += length
            }
        }
        guard count > 0 else { return nil }
        self.bits = script == .cyrillic ? bits | 1 << 63 : bits
    }

    /// The key of a word in the source code.
    init?(_ word: some StringProtocol) {
        let bytes = Array(word.utf8)
        var position = 0
        self.init(bytes.span, &position, bytes.count)
        guard position == bytes.count else { return nil }
    }

    private enum Script { case latin, cyrillic }

    private enum Sign {
        /// A letter of the alphabet, counted from 0, and its bytes.
        case letter(UInt8, Script, length: Int)
        /// A combining accent of two bytes, which follows its letter.
        case accent
        /// A letter that no word of dates has.
        case unknown
        /// No letter: the word ends.
        case other
    }

    private static func sign(_ bytes: Span<UInt8>, _ position: Int, _ end: Int) -> Sign {
        let byte = DateScanner.byte(bytes, position, end)
        if DateScanner.isLetter(byte) { return .letter((byte | 0x20) - UInt8(ascii: "a"), .latin, length: 1) }
        switch byte {
        case 0xC3...0xC5, 0xCC, 0xCD, 0xD0, 0xD1: break
        // U+0080 to U+00BF are signs, such as the no-break space.
        case 0..<0x80, 0xC2: return .other
        default: return .unknown
        }
        let next = DateScanner.byte(bytes, position + 1, end)
        guard next & 0xC0 == 0x80 else { return .unknown }
        let point = UInt16(byte & 0x1F) << 6 | UInt16(next & 0x3F)
        switch point {
        case 0x300...0x36F: return .accent
        case 0x401, 0x451: return .letter(5, .cyrillic, length: 2)
        case 0x410...0x44F: return .letter(UInt8((point - 0x410) % 32), .cyrillic, length: 2)
        default: break
        }
        guard let letter = plainLetter(point) else { return .unknown }
        return .letter(letter - UInt8(ascii: "a"), .latin, length: 2)
    }

    /// The letter without its accent, for the Latin letters from U+00C0 to U+017F that names of months and weekdays have.
    private static func plainLetter(_ point: UInt16) -> UInt8? {
        switch point {
        case 0xC0...0xC5, 0xE0...0xE5, 0x104, 0x105: UInt8(ascii: "a")
        case 0xC7, 0xE7, 0x106, 0x107, 0x10C, 0x10D: UInt8(ascii: "c")
        case 0xC8...0xCB, 0xE8...0xEB, 0x118, 0x119: UInt8(ascii: "e")
        case 0x11E, 0x11F: UInt8(ascii: "g")
        case 0xCC...0xCF, 0xEC...0xEF, 0x130, 0x131: UInt8(ascii: "i")
        case 0x141, 0x142: UInt8(ascii: "l")
        case 0xD1, 0xF1, 0x143, 0x144: UInt8(ascii: "n")
        case 0xD2...0xD6, 0xD8, 0xF2...0xF6, 0xF8: UInt8(ascii: "o")
        case 0x15A, 0x15B, 0x15E...0x161: UInt8(ascii: "s")
        case 0xD9...0xDC, 0xF9...0xFC: UInt8(ascii: "u")
        case 0x179...0x17E: UInt8(ascii: "z")
        default: nil
        }
    }
}
