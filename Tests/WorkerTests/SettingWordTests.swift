import Contract
import Tables
import Testing

@Suite("A name in a setting")
struct SettingWordTests {
    @Test(
        "is written as the settings are parsed",
        arguments: [
            "price", "Sale Price", "a,b", "x=y", "day:date", "5' pipe", "O'Brien", "'quoted'", "3\" pipe",
            "a \"b\" c", "Größe",
            "„low", "",
        ]
    )
    func words(_ name: String) {
        #expect(SettingWord(name).description == QuotedText.quoted(name))
    }
}
