import Support
import Testing

@testable import Tables

@Suite("Decimal numbers")
struct DecimalTests {
    /// Reads `text` as the start of a longer file, so that the fast methods apply.
    private func read(_ text: String, point: Character = ".") -> Double? {
        let bytes = Array((text + String(repeating: ",", count: Decimal.reach)).utf8)
        let field = CSVField(start: 0, end: text.utf8.count)
        return Decimal.number(bytes.span, field, point: point.asciiValue ?? 0)
    }

    @Test(
        "a decimal is read as the nearest double",
        arguments: [
            "0", "-0.5", "5.1", "1e-7", "123456789012345678", "0.1", "1.7976931348623157e308", "+3",
            "9007199254740993",
            "0.30000000000000004", "2.2250738585072011e-308", "9999999999999999999", "1E+2", "5e-324",
            "179769313486231580793e289", "0.000000000000000000000000000001", "8.5e-27", "1e27",
            "7205759403792794e1",
        ]
    )
    func nearest(_ text: String) {
        #expect(read(text) == Double(text))
        #expect(read("-" + text.replacing("+", with: "").replacing("-0", with: "0")) != nil)
    }

    @Test("a number may have no digits on one side of the point, and the point may be a comma")
    func points() {
        #expect(read("7.") == 7)
        #expect(read(".5") == 0.5)
        #expect(read("1,5", point: ",") == 1.5)
        #expect(read("1.5", point: ",") == nil)
    }

    @Test(
        "text that is not a number is refused",
        arguments: [
            "", "-", ".", "1_000", "0x10", "inf", "nan", "1 2", "2026-11-24", "1e", "e5", "1.2.3", "--1",
            "1,000", "+-1",
        ]
    )
    func none(_ text: String) {
        #expect(read(text) == nil)
    }

    @Test("random numbers are read as the standard library reads them", arguments: [1, 2, 3, 4])
    func random(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let digits = String(generator.next() >> UInt64(generator.below(64)))
            let cut = generator.below(digits.count + 1)
            let exponent = generator.below(3) > 0 ? "" : "e\(generator.below(60) - 30)"
            let text = "\(digits.prefix(cut)).\(digits.dropFirst(cut))\(exponent)"
            let whole =
                (cut == 0 ? "0" : "") + text.replacing(".e", with: ".0e") + (text.hasSuffix(".") ? "0" : "")
            #expect(read(text) == Double(whole), "\(text)")
        }
    }

    @Test("a number halfway between two doubles is rounded to the even one", arguments: [5, 6])
    func halfway(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            // An odd integer of 54 bits lies halfway between two doubles.
            let odd = generator.next() >> 10 | 1 << 53 | 1
            let expected = Double(odd >> 1 + (odd >> 1 & 1)) * 2
            #expect(read("\(odd)") == expected)
            #expect(read("\(odd)e0") == expected)
        }
    }
}
