import Foundation
import Testing

@testable import Tables

@Suite("Notations of numbers")
struct NumberNotationTests {
    private func read(_ text: String, _ notation: NumberNotation) -> Double? {
        let bytes = Array("x,\(text),y".utf8)
        return notation.value(bytes.span, 2..<2 + text.utf8.count)
    }

    private static let thousands = NumberNotation(decimal: .point, grouping: .comma)
    private static let european = NumberNotation(decimal: .comma, grouping: .point)
    private static let swiss = NumberNotation(decimal: .point, grouping: .apostrophe)
    private static let spaced = NumberNotation(decimal: .comma, grouping: .blank)
    private static let lakhs = NumberNotation(decimal: .point, grouping: .comma, groupsByTwo: true)
    private static let accounting = with(thousands) {
        ($0.prefix, $0.hasParentheses, $0.hasFootnotes) = ("$", true, true)
    }
    private static let kilograms = with(.plain) { $0.suffix = "kg" }

    private static func with(
        _ notation: NumberNotation,
        _ change: (inout NumberNotation) -> Void
    ) -> NumberNotation {
        var notation = notation
        change(&notation)
        return notation
    }

    @Test(
        "a cell is read in the notation of its column",
        arguments: [
            ("7.25", .plain, 7.25), ("+5", .plain, 5), ("1e5", .plain, 1e5), ("-2.5E-3", .plain, -0.0025),
            (".5", .plain, 0.5), (" 12\u{A0}", .plain, 12), ("\u{2212}8.5", .plain, -8.5),
            ("12,480", thousands, 12_480), ("1,002,003.75", thousands, 1_002_003.75), ("999", thousands, 999),
            ("-4,100", thousands, -4_100), ("1.002.003,75", european, 1_002_003.75),
            ("0,25", european, 0.25), ("2'500.5", swiss, 2_500.5), ("2\u{2019}500", swiss, 2_500),
            ("31 415,9", spaced, 31_415.9), ("31\u{A0}415", spaced, 31_415),
            ("31\u{2009}415", spaced, 31_415), ("1\u{202F}031\u{202F}415", spaced, 1_031_415),
            ("12,34,567.5", lakhs, 1_234_567.5), ("45,678", lakhs, 45_678),
            ("$1,250.50", accounting, 1_250.5), ("$ 3", accounting, 3), ("-$3", accounting, -3),
            ("$-3", accounting, -3), ("($1,250)", accounting, -1_250), ("$(7.5)", accounting, -7.5),
            ("$12*", accounting, 12), ("$12 [3]", accounting, 12), ("$12\u{2020}", accounting, 12),
            ("$1,200\u{B9}", accounting, 1_200), ("81 kg", kilograms, 81), ("81kg", kilograms, 81),
            ("\u{2212}4 kg ", kilograms, -4), ("123456789012345678901", .plain, 123_456_789_012_345_683_968),
            ("9,007,199,254,740,993.5", thousands, 9_007_199_254_740_993.5),
        ] as [(String, NumberNotation, Double)]
    )
    func values(_ text: String, _ notation: NumberNotation, _ value: Double) {
        #expect(read(text, notation) == value)
    }

    @Test(
        "a cell in another notation is no number",
        arguments: [
            ("1,050", .plain), ("12:30", .plain), ("5-10", .plain), ("5\u{2013}10", .plain),
            ("1.2.3", .plain), ("A12", .plain), ("3-1", .plain), ("(12)", .plain), ("12*", .plain),
            ("", .plain), ("-", .plain), (".", .plain), ("e5", .plain), ("--1", .plain), ("1e", .plain),
            ("0x10", .plain), ("inf", .plain), ("nan", .plain), ("1 000", .plain),
            ("0,123", thousands), ("1,05", thousands), ("1,0500", thousands), ("1234,567", thousands),
            ("1,234,56", thousands), ("1500", thousands), (",500", thousands), ("1,", thousands),
            ("1,,234", thousands), ("1.234.567", thousands), ("12,34,567", thousands), ("1,234e2", thousands),
            ("1.5", european), ("1.23,5", european), ("12,", european), ("10.0.0.1", european),
            ("1'23", swiss), ("1  234", spaced), ("12 34", spaced), ("123,456", lakhs),
            ("1,234,567", lakhs), ("($3", accounting), ("$3)", accounting), ("(-$3)", accounting),
            ("3", accounting), ("$", accounting), ("\u{20AC}3", accounting), ("81", kilograms),
            ("81 lb", kilograms), ("81 kgs", kilograms), ("kg", kilograms), ("8 1 kg", kilograms),
        ] as [(String, NumberNotation)]
    )
    func strangers(_ text: String, _ notation: NumberNotation) {
        #expect(read(text, notation) == nil)
    }

    @Test("bare numbers are read in a column of units only if the notation says so")
    func optional() {
        let loose = Self.with(Self.kilograms) { $0.suffixIsOptional = true }
        #expect(read("81", loose) == 81)
        #expect(read("81 lb", loose) == nil)
        #expect(read("1500", Self.with(Self.thousands) { $0.groupsAreOptional = true }) == 1_500)
        #expect(read("15", Self.with(Self.accounting) { $0.prefixIsOptional = true }) == 15)
        let years = Self.with(.plain) { ($0.suffix, $0.singular) = ("years", "year") }
        #expect(read("1 year", years) == 1)
        #expect(read("2 years", years) == 2)
    }

    @Test("a notation is written to JSON without what is usual, and comes back")
    func coding() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(NumberNotation.plain), as: UTF8.self) == "{}")
        let text = String(decoding: try encoder.encode(Self.accounting), as: UTF8.self)
        #expect(text == #"{"grouping":"comma","hasFootnotes":true,"hasParentheses":true,"prefix":"$"}"#)
        for notation in [.plain, Self.european, Self.swiss, Self.lakhs, Self.accounting, Self.kilograms] {
            let data = try encoder.encode(notation)
            #expect(try JSONDecoder().decode(NumberNotation.self, from: data) == notation)
        }
        let broken = Data(#"{"grouping":"point"}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(NumberNotation.self, from: broken) }
    }

    @Test("a notation is described in words")
    func words() {
        #expect(NumberNotation.plain.description == "plain numbers")
        #expect(Self.european.description == "thousands with points, decimal comma")
        let text = "thousands with commas, dollars before, parentheses for minus, some footnote signs"
        #expect(Self.accounting.description == text)
        #expect(Self.kilograms.description == "kg behind")
        #expect(Self.with(.plain) { $0.suffix = "%" }.description == "percent")
    }
}
