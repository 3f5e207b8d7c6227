import Contract
import Support
import Telegram
import Testing

@Suite("Formatted text")
struct HTMLTextTests {
    /// Texts that are difficult to escape or to split.
    private static let snippets = [
        "plain words", "a < b && c > d", "</pre><b>", "&amp; &lt;", "\"quoted\"", "line\nline\n\n\nline",
        "\r\n", "\t",
        "\u{0}\u{1}\u{7}\u{1B}[31mred", "\u{7F}", "👩‍👩‍👧‍👦", "🇺🇦🇺🇦", "e\u{301}\u{302}\u{303}", "مرحبا بالعالم",
        "\u{202E}evil\u{202C}",
        String(decoding: [0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80], as: UTF8.self), "{\"a\": [1, 2]}", "  ",
        "漢字かな",
        String(repeating: "x", count: 700), String(repeating: "word ", count: 150),
    ]

    private static func text(_ generator: inout SeededGenerator) -> HTMLText {
        (0..<Int.random(in: 1...60, using: &generator)).reduce(HTMLText()) { text, _ in
            let words = (0..<Int.random(in: 1...6, using: &generator))
                .map { _ in snippets.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let styled = [
                HTMLText.plain(words), .bold(words), .italic(words), .code(words), .block(words),
                .block(words, language: "json"), .quote(.bold(words) + " and more", expandable: true),
            ].randomElement(using: &generator)
            return text + (styled ?? HTMLText())
        }
    }

    @Test(
        "every piece fits a message and is valid HTML, and the pieces together are the text",
        arguments: 0..<150 as Range<UInt64>
    )
    func pieces(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = Self.text(&generator)
        let pieces = text.pieces()
        var whole = ""
        for piece in pieces {
            #expect(piece.length <= HTMLText.messageLimit)
            let parsed = try TelegramHTML.parse(piece.html)
            #expect(parsed == piece.plain)
            whole += parsed
        }
        // Pieces that contain only white space are left out.
        #expect(whole.filter { !$0.isWhitespace } == text.plain.filter { !$0.isWhitespace })
    }

    @Test("100,000 characters without a space are split without loss")
    func long() {
        let text = HTMLText.code(String(repeating: "é<", count: 50_000))
        let pieces = text.pieces()
        #expect(pieces.count == 25)
        #expect(pieces.map(\.plain).joined() == text.plain)
        #expect(pieces.allSatisfy { $0.html.hasPrefix("<code>") && $0.html.hasSuffix("</code>") })
    }

    @Test("a text is split at the end of a line or after a word, and never within a character")
    func places() {
        let lines = HTMLText.plain(String(repeating: "nine more\n", count: 30)).pieces(limit: 95)
        #expect(lines.allSatisfy { $0.plain.hasSuffix("more\n") && $0.length == 90 || $0 == lines.last })
        let words = HTMLText.plain(String(repeating: "word ", count: 30)).pieces(limit: 22)
        #expect(words.allSatisfy { $0.plain.hasSuffix("word ") })
        let family = "👩‍👩‍👧‍👦"
        let families = HTMLText.plain(String(repeating: family, count: 10)).pieces(limit: 25)
        #expect(families.map(\.plain) == Array(repeating: family + family, count: 5))
    }

    @Test("a character that is longer than a message is split between its scalars")
    func longCharacter() {
        let character = "a" + String(repeating: "\u{301}", count: 100)
        let pieces = HTMLText.plain(character).pieces(limit: 30)
        #expect(pieces.count == 4)
        #expect(pieces.map(\.plain).joined().unicodeScalars.elementsEqual(character.unicodeScalars))
    }

    @Test("a text without visible characters has no pieces", arguments: ["", " \n\t "])
    func empty(_ text: String) {
        #expect(HTMLText.plain(text).pieces() == [])
    }

    @Test("control characters are replaced by their symbols")
    func control() {
        #expect(HTMLText.plain("a\u{0}b\u{1B}c\u{7F}d\te\r\nf").plain == "a␀b␛c␡d\te\nf")
    }

    @Test(
        "the fake parser rejects the HTML that Telegram rejects",
        arguments: ["<b>x", "x</b>", "<b><i>x</b></i>", "<br>x", "x < y <", " ", "<x y>z"]
    )
    func strictness(_ html: String) {
        #expect(throws: TelegramRefusal.self) { try TelegramHTML.parse(html) }
    }

    @Test("the designed messages are valid calls", arguments: DesignedMessage.all)
    func designed(_ message: DesignedMessage) throws {
        #expect(BotAPISchema.shared.problems(inCall: message.method, message.parameters) == [])
        for key in ["text", "caption"] {
            guard let html = message.parameters[key]?.string else { continue }
            let limit = key == "text" ? 4_096 : 1_024
            #expect(throws: Never.self) { try TelegramHTML.parse(html, limit: limit) }
        }
    }
}

/// A call from the design of the conversation.
struct DesignedMessage: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let parameters: JSONValue
    var testDescription: String { name }

    static let all: [DesignedMessage] = {
        let messages = Fixtures.required("telegram_messages.json").array ?? []
        return messages.compactMap { message in
            guard let name = message["name"]?.string, let method = message["method"]?.string,
                let parameters = message["params"]
            else { return nil }
            return DesignedMessage(name: name, method: method, parameters: parameters)
        }
    }()
}
