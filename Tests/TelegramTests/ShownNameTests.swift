import Telegram
import Testing

@Suite("Names that are shown")
struct ShownNameTests {
    @Test(
        "a name is one line without marks of direction and invisible characters",
        arguments: [
            ("Ada", "Ada"), (" Ada \r\n\tLovelace ", "Ada Lovelace"), ("a\u{2028}b\u{85}c", "a b c"),
            ("\u{202E}nimda\u{202C}", "nimda"), ("\u{2067}x\u{2069}\u{200F}\u{61C}y", "xy"),
            ("a\u{200B}\u{200B}\u{FEFF}b", "ab"), ("👩‍🔬", "👩‍🔬"), ("a\u{200D}\u{200D}\u{200D}b", "a\u{200D}b"),
            ("\u{3164}\u{200B}", "(no name)"), ("", "(no name)"), ("عليّ", "عليّ"),
        ]
    )
    func line(_ name: String, shown: String) {
        #expect(ShownName.line(name) == shown)
    }

    @Test("a name is bounded in characters and in marks on them")
    func bounds() {
        #expect(ShownName.line(String(repeating: "w", count: 999)).count == ShownName.longest)
        let tower = "e" + String(repeating: "\u{301}", count: 9_999)
        #expect(ShownName.line(tower).unicodeScalars.count < 1_000)
    }

    @Test("no text turns round what follows it, and a button's label is one line")
    func everywhere() {
        #expect(HTMLText.plain("a\u{202E}b\nc").html == "ab\nc")
        #expect(InlineButton.callback("Remove \u{2066}x\ny", "x:1").text == "Remove x y")
    }
}
