/// The position of one field in a file: its bytes without the quotes and the spaces around it.
struct CSVField: Equatable, Sendable {
    var start: Int
    var end: Int
    /// Whether the field has doubled quotes; each pair stands for one quote.
    var hasDoubledQuotes = false

    var isEmpty: Bool { start == end }

    func text(in bytes: Span<UInt8>, _ dialect: CSVDialect) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        var position = start
        while position < end {
            text.append(bytes[position])
            position += hasDoubledQuotes && bytes[position] == dialect.quote ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether the field is empty or a usual notation of a missing value, including all notations that pandas knows.
    func isMissing(in bytes: Span<UInt8>) -> Bool {
        switch end - start {
        case 0: true
        case 1: equals("?", bytes) || equals("-", bytes) || equals(".", bytes)
        case 2: reads("na", bytes) || equals("--", bytes)
        case 3: reads("nan", bytes) || reads("n/a", bytes) || reads("#na", bytes) || equals("NaT", bytes)
        // Lowercase "none" is often a category, as in a column of severities.
        case 4:
            reads("null", bytes) || equals("None", bytes) || reads("#n/a", bytes) || reads("<na>", bytes)
                || reads("-nan", bytes)
        case 6: reads("1.#ind", bytes)
        case 7: reads("-1.#ind", bytes) || reads("1.#qnan", bytes)
        case 8: reads("-1.#qnan", bytes) || reads("#n/a n/a", bytes)
        default: false
        }
    }

    /// Whether the field's bytes are those of `word`, which has the same length.
    private func equals(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        matches(word, bytes, ignoring: 0)
    }

    /// Whether the field is `word` in upper, lower or mixed case; `word` is lowercase and has the same length.
    private func reads(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        matches(word, bytes, ignoring: 0x20)
    }

    private func matches(_ word: StaticString, _ bytes: Span<UInt8>, ignoring bit: UInt8) -> Bool {
        for offset in 0..<end - start {
            let letter = unsafe word.utf8Start[offset]
            if bytes[start + offset] | bit != letter | bit { return false }
        }
        return true
    }
}
