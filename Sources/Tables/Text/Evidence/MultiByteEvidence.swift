/// How well a sample reads in an encoding whose characters have one or several bytes.
enum MultiByteEvidence {
    /// What a byte sequence that the encoding does not have costs.
    private static let invalid = -20

    /// The score of `sample` in `encoding`, for GB18030 and Shift-JIS; nil for another encoding.
    static func score(_ sample: TextSample, _ encoding: TextEncoding) -> Int? {
        switch encoding {
        case .gb18030: score(sample, gb18030)
        case .shiftJIS: score(sample, shiftJIS)
        default: nil
        }
    }

    /// The numbers of sequences of several bytes that are valid UTF-8, and of bytes that are not.
    static func utf8(_ sample: TextSample) -> (valid: Int, invalid: Int) {
        var (valid, invalid) = (0, 0)
        var decoder = UTF8()
        var bytes = sample.bytes.makeIterator()
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar): if scalar.value >= 0x80 { valid += 1 }
            case .error: invalid += 1
            case .emptyInput: return (valid, invalid)
            }
        }
    }

    /// Walks over the characters: `character` gives the length and weight of the one that begins with a byte above ASCII.
    private static func score(
        _ sample: TextSample,
        _ character: (_ bytes: ArraySlice<UInt8>) -> (length: Int, weight: Int)
    ) -> Int {
        let bytes = sample.bytes
        var (position, sum, endsWord) = (0, 0, false)
        while position < bytes.count {
            if bytes[position] < 0x80 {
                endsWord = isLetter(bytes[position])
                position += 1
                continue
            }
            let (length, weight) = character(bytes[position...])
            sum += weight
            // Such a character seldom stands right beside a Latin letter.
            if endsWord { sum -= 4 }
            position += length
            if position < bytes.count, isLetter(bytes[position]) { sum -= 3 }
            endsWord = false
        }
        return sum
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// GB18030: the usual characters are those of GB 2312, of which the first level is the most frequent.
    private static func gb18030(_ bytes: ArraySlice<UInt8>) -> (length: Int, weight: Int) {
        let lead = bytes[bytes.startIndex]
        guard (0x81...0xFE).contains(lead), let trail = bytes.dropFirst().first else { return (1, invalid) }
        switch trail {
        case 0x30...0x39:
            let rest = Array(bytes.dropFirst(2).prefix(2))
            let isValid =
                rest.count == 2 && (0x81...0xFE).contains(rest[0]) && (0x30...0x39).contains(rest[1])
            return isValid ? (4, 0) : (1, invalid)
        case 0xA1...0xFE:
            switch lead {
            case 0xB0...0xD7: return (2, 5)
            case 0xA1, 0xA3: return (2, 4)
            case 0xD8...0xF7: return (2, 1)
            default: return (2, -2)
            }
        case 0x40...0x7E, 0x80...0xA0: return (2, -2)
        default: return (1, invalid)
        }
    }

    /// Shift-JIS: the usual characters are kana, punctuation and the kanji of the first level.
    private static func shiftJIS(_ bytes: ArraySlice<UInt8>) -> (length: Int, weight: Int) {
        let lead = bytes[bytes.startIndex]
        // Katakana of half width.
        if (0xA1...0xDF).contains(lead) { return (1, 1) }
        guard (0x81...0x9F).contains(lead) || (0xE0...0xFC).contains(lead),
            let trail = bytes.dropFirst().first,
            (0x40...0x7E).contains(trail) || (0x80...0xFC).contains(trail)
        else { return (1, invalid) }
        switch (lead, trail) {
        case (0x82, 0x9F...0xF1), (0x83, 0x40...0x96): return (2, 6)
        case (0x81, 0x40...0x7A), (0x82, 0x4F...0x9A): return (2, 4)
        case (0x88...0x97, _): return (2, 3)
        case (0x81, _), (0x98...0x9F, _), (0xE0...0xEA, _): return (2, 0)
        default: return (2, -4)
        }
    }
}
