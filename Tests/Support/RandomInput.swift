import Foundation

/// Random bytes, texts and JSON as people, programs and broken disks write them; the seed repeats a failed test.
package struct RandomInput: Sendable {
    private var generator: SeededGenerator

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// The seeds of a test: `count` of them from 0 on, or with `OKAI_FUZZ` fifty times as many from that number on.
    package static func seeds(_ count: Int) -> Range<UInt64> {
        let first = ProcessInfo.processInfo.environment["OKAI_FUZZ"].flatMap { UInt64($0) }
        return first.map { $0..<$0 + UInt64(count) * 50 } ?? 0..<UInt64(count)
    }

    /// Texts that are known to break programs.
    private static let fragments = [
        "words", "a < b && c > d", "</pre><b>", "&amp;&#60;", "\"quoted\"", "line\nline\n\n", "\r\n", "\t",
        "\u{0}\u{1}\u{7}\u{1B}[31mred", "\u{7F}\u{85}", "👩‍👩‍👧‍👦", "🇺🇦", "e\u{301}\u{302}", "مرحبا",
        "\u{202E}evil\u{202C}",
        "\u{2066}x\u{2069}", "\u{FEFF}", "\u{200B}", "\u{FFFF}", "{\"a\": [1", "]}", "  ", "漢字", "';--",
        "%s%n", "../..",
        "/start", "@okai_test_bot", "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8", "0", "-1",
        "99999999999999999999", "=",
        ",", "trees=", "target=a=b", "none", "nan", ":", "t:", "C:1", "admin", "{\"message\": \"",
    ]

    package mutating func number(in range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    package mutating func element<Element>(of elements: [Element]) -> Element {
        elements[number(in: 0...elements.count - 1)]
    }

    /// Random bytes; four times out of five they are text.
    package mutating func bytes(upTo length: Int) -> [UInt8] {
        if number(in: 0...4) == 0 {
            return (0..<number(in: 0...min(length, 200))).map { _ in UInt8(number(in: 0...255)) }
        }
        return Array(text(upTo: length).utf8)
    }

    /// A random text of up to `length` bytes; invalid UTF-8 in it is repaired, which may lengthen it.
    package mutating func text(upTo length: Int) -> String {
        let end = number(in: 0...length)
        var bytes: [UInt8] = []
        while bytes.count < end {
            let fragment = element(of: Self.fragments)
            let times = number(in: 0...40) == 0 ? number(in: 1...300) : 1
            for _ in 0..<times { bytes += Array(fragment.utf8) }
            if number(in: 0...2) == 0 { bytes.append(UInt8(ascii: " ")) }
            if number(in: 0...60) == 0 { bytes.append(UInt8(number(in: 128...255))) }
        }
        return String(decoding: bytes.prefix(end), as: UTF8.self)
    }

    /// A random JSON value with at most `depth` levels of arrays and objects.
    package mutating func json(depth: Int = 3) -> JSONValue {
        switch number(in: 0...(depth > 0 ? 7 : 5)) {
        case 0: .null
        case 1: .bool(number(in: 0...1) == 0)
        case 2: .integer(Int64(element(of: [0, 1, -1, 42, Int.max, Int.min, number(in: 0...9_999)])))
        case 3: .number(Double(number(in: -9...9)) * 1e300)
        case 4, 5: .string(text(upTo: 60))
        case 6: .array((0..<number(in: 0...4)).map { _ in json(depth: depth - 1) })
        default:
            .object(
                Dictionary((0..<number(in: 0...4)).map { _ in (text(upTo: 12), json(depth: depth - 1)) }) {
                    $1
                }
            )
        }
    }

    /// `value` with a few of its parts replaced, removed or doubled.
    package mutating func corrupted(_ value: JSONValue) -> JSONValue {
        if number(in: 0...9) == 0 { return json() }
        switch value {
        case .object(var members):
            for key in members.keys.sorted() {
                switch number(in: 0...11) {
                case 0: members[key] = nil
                case 1: members[key] = json()
                case 2: members[text(upTo: 8)] = members[key]
                default: members[key] = members[key].map { corrupted($0) }
                }
            }
            return .object(members)
        case .array(let elements):
            let corrupted = elements.map { self.corrupted($0) }
            return .array(number(in: 0...5) == 0 ? corrupted + corrupted : corrupted)
        case .null, .bool, .integer, .number, .string: return value
        }
    }
}
