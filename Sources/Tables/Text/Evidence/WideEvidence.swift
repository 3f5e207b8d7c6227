/// Recognises UTF-16 and UTF-32 without a byte order mark.
enum WideEvidence {
    /// The bytes at the start of the file that are read.
    private static let sampleSize = 65_536

    /// The encoding of `bytes`, which have NUL bytes; nil if they are no text in UTF-16 or UTF-32.
    static func encoding(_ bytes: Span<UInt8>) -> TextEncoding? {
        let candidates: [TextEncoding] = [
            .utf32LittleEndian, .utf32BigEndian, .utf16LittleEndian, .utf16BigEndian,
        ]
        return candidates.first { isText(bytes, $0) }
    }

    /// Whether the start of `bytes` reads as a table's text: no NUL or other control sign, halves of pairs together, and
    /// at least one unit in ten is ASCII, as separators, digits and line ends are.
    ///
    /// Plain text with NUL bytes here and there is not taken for Chinese: most of its units are two ASCII characters.
    private static func isText(_ bytes: Span<UInt8>, _ encoding: TextEncoding) -> Bool {
        let units = min(bytes.count, sampleSize) / encoding.unit
        guard units > 1 else { return false }
        var (ascii, asciiPairs, opensPair) = (0, 0, false)
        for index in 0..<units {
            let value = unit(bytes, index * encoding.unit, encoding)
            switch value {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x20..<0x7F: ascii += 1
            case 0..<0x20, 0x7F, 0xFFFE, 0xFFFF, 0x11_0000...: return false
            default: if isASCII(value >> 8), isASCII(value & 0xFF) { asciiPairs += 1 }
            }
            guard encoding.unit == 2 else {
                if (0xD800...0xDFFF).contains(value) { return false }
                continue
            }
            if (0xDC00...0xDFFF).contains(value) != opensPair { return false }
            opensPair = (0xD800...0xDBFF).contains(value)
        }
        return ascii * 10 >= units && asciiPairs * 2 < units
    }

    private static func isASCII(_ byte: UInt32) -> Bool {
        (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func unit(_ bytes: Span<UInt8>, _ offset: Int, _ encoding: TextEncoding) -> UInt32 {
        let isLittle = encoding == .utf16LittleEndian || encoding == .utf32LittleEndian
        return (0..<encoding.unit).reduce(0) { value, index in
            let byte = bytes[offset + (isLittle ? encoding.unit - 1 - index : index)]
            return value << 8 | UInt32(byte)
        }
    }
}
