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

    /// Whether this is how people write that there is no value: nothing, NA, NaN, null, ? or -, in any case.
    func isMissing(in bytes: Span<UInt8>) -> Bool {
        guard end - start <= 4 else { return false }
        return switch end - start {
        case 0: true
        case 1: bytes[start] == UInt8(ascii: "?") || bytes[start] == UInt8(ascii: "-")
        case 2: reads("na", in: bytes)
        case 3: reads("nan", in: bytes) || reads("n/a", in: bytes)
        default: reads("null", in: bytes)
        }
    }

    /// Whether these are the bytes of `word`, which is lowercase and as long, in any case.
    private func reads(_ word: String, in bytes: Span<UInt8>) -> Bool {
        word.utf8.enumerated().allSatisfy { bytes[start + $0.offset] | 0x20 == $0.element }
    }
}
