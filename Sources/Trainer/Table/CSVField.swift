/// Where one field of a file lies: its bytes without the quotes and the spaces around it.
struct CSVField: Equatable, Sendable {
    var start: Int
    var end: Int
    /// Doubled quotes within stand for one.
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

    /// Whether this is how people and pandas write that there is no value.
    func isMissing(in bytes: Span<UInt8>) -> Bool {
        switch end - start {
        case 0: true
        case 1: equals("?", bytes) || equals("-", bytes) || equals(".", bytes)
        case 2: reads("na", bytes) || equals("--", bytes)
        case 3: reads("nan", bytes) || reads("n/a", bytes) || reads("#na", bytes) || equals("NaT", bytes)
        // A lowercase none is a kind of things.
        case 4:
            reads("null", bytes) || equals("None", bytes) || reads("#n/a", bytes) || reads("<na>", bytes)
                || reads("-nan", bytes)
        case 6: reads("1.#ind", bytes)
        case 7: reads("-1.#ind", bytes) || reads("1.#qnan", bytes)
        case 8: reads("-1.#qnan", bytes) || reads("#n/a n/a", bytes)
        default: false
        }
    }

    /// Whether these are the bytes of `word`, which is as long.
    private func equals(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        matches(word, bytes, ignoring: 0)
    }

    /// The same in any case; `word` is lowercase.
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
