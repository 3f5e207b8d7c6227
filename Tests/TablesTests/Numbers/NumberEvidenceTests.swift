import Testing

@testable import Tables

@Suite("Decisions about notations of numbers")
struct NumberEvidenceTests {
    private func evidence(_ texts: [String]) -> NumberEvidence {
        var evidence = NumberEvidence()
        for text in texts { evidence.add(text) }
        return evidence
    }

    private static let tab = UInt8(ascii: "\t")

    private func decide(_ texts: [String], _ others: FileNumberHints = .init(separator: tab))
        -> NumberDecision
    {
        evidence(texts).decide(others)
    }

    /// The texts as numbers in the notation that is decided for them; nil if there is none.
    private func read(_ texts: [String], _ others: FileNumberHints = .init(separator: tab)) -> [Double?]? {
        let evidence = evidence(texts)
        guard case .notation(let notation, _) = evidence.decide(others) else { return nil }
        return evidence.entries.map { evidence.value($0, notation) }
    }

    private func hints(
        separator: UInt8 = tab,
        _ change: (inout FileNumberHints) -> Void = { _ in }
    ) -> FileNumberHints {
        var hints = FileNumberHints(separator: separator)
        change(&hints)
        return hints
    }

    @Test(
        "the notation of a column follows from its cells",
        arguments: [
            (["7", "8.5", "-3e4"], [7, 8.5, -30_000]),
            (["1,204,000", "17,250", "0"], [1_204_000, 17_250, 0]),
            (["1,250.75", "3,100"], [1_250.75, 3_100]),
            (["2,5", "17,250", "0,125"], [2.5, 17.25, 0.125]),
            (["1.250,75", "3.100", "2,5"], [1_250.75, 3_100, 2.5]),
            (["1.204.000", "17.250"], [1_204_000, 17_250]),
            (["1.204", "17.250"], [1.204, 17.25]),
            (["2'400.5", "1'000'000", "12"], [2_400.5, 1_000_000, 12]),
            (["12 400", "1 000 000", "7"], [12_400, 1_000_000, 7]),
            (["12\u{A0}400,5", "1\u{A0}000"], [12_400.5, 1_000]),
            (["12\u{2009}400", "3\u{202F}000"], [12_400, 3_000]),
            (["4,25,000", "75,500", "1,02,04,000"], [425_000, 75_500, 10_204_000]),
            (["0.5%", "63%", "100 %"], [0.5, 63, 100]),
            (["$4,300.00 ", "$12.50", "-$1,000.00"], [4_300, 12.5, -1_000]),
            (["4,50 €", "1.200,00 €"], [4.5, 1_200]), (["EUR 5", "EUR 12.5"], [5, 12.5]),
            (["US$ 5", "US$7"], [5, 7]), (["£3", "4", "£5"], [3, 4, 5]),
            (["$1,250", "(730)", "$(1,100)"], [1_250, -730, -1_100]),
            (["\u{2212}3.5", "4.25"], [-3.5, 4.25]), (["6100*", "6145", "6190"], [6_100, 6_145, 6_190]),
            (["12\u{B2}", "14", "15[a]", "17"], [12, 14, 15, 17]),
            (["3 kg", "11 kg"], [3, 11]), (["90 km/h", "120 km/h"], [90, 120]), (["4 m²", "9 m²"], [4, 9]),
            (["1 bedroom", "3 bedrooms", "2 bedrooms"], [1, 3, 2]), (["2GB", "4GB"], [2, 4]),
            (["1,000+", "500,000,000+", "50+"], [1_000, 500_000_000, 50]),
            (["4,100,200", "1500", "12"], [4_100_200, 1_500, 12]),
        ] as [([String], [Double])]
    )
    func columns(_ texts: [String], _ values: [Double]) {
        #expect(read(texts) == values.map(Optional.some))
    }

    @Test(
        "texts with digits are no numbers",
        arguments: [
            ["12:30", "7:15"], ["5-10", "10-20"], ["1.2.3", "1.10.0"], ["10.0.0.1", "192.168.7.20"],
            ["A12", "A13"], ["3-1", "2-2"], ["1st", "2nd", "3rd"], ["4th", "5th", "6th"],
            ["2026-11-24", "2026-11-25"], ["24.11.2026", "25.11.2026"], ["11/24/26", "11/25/26"],
            ["3 kg", "7 lb"], ["3", "7 lb", "8 lb", "9 kg"], ["2WD", "4WD"], ["9 am", "10 am"],
            ["12 May", "13 May"], ["56.7M", "537K"], ["10²", "10³"], ["12A", "14C"],
            ["12C", "14C", "15C", "3D"], ["(12)", "(15)"],
            ["612 345 678", "634 100 200", "655 222 111", "699 000 123", "601 020 304"],
            ["Ann", "Bob"],
            ["48.85,2.35", "51.5,0.12"], ["1,2,3", "4,5"], ["555-0100", "555-0199"], ["5'11\"", "6'2\""], [],
        ]
    )
    func texts(_ texts: [String]) {
        #expect(decide(texts) == .none)
    }

    @Test("0.63 beside 63% is odd, for it may be a share; 0 beside 63% is a number")
    func shares() {
        #expect(read(["63%", "45%", "0.63"]) == [63, 45, nil])
        #expect(read(["63%", "45%", "0,63"]) == [63, 45, nil])
        #expect(read(["63%", "45%", "0"]) == [63, 45, 0])
        #expect(read(["0.25", "0.5", "0.75", "45%"]) == [0.25, 0.5, 0.75, nil])
    }

    @Test("a few bare numbers beside a unit are read, more are odd")
    func bare() {
        let texts = (1...19).map { "\($0) kg" }
        #expect(read(texts + ["40"])?.last == 40)
        #expect(decide(["12 kg", "13 kg", "14"]) == .none)
        #expect(read(["12", "13", "14", "15 kg"]) == [12, 13, 14, nil])
    }

    @Test("odd cells are counted, with the most frequent texts first")
    func odd() throws {
        var evidence = NumberEvidence()
        for (text, count) in [("1", 40), ("2", 30), ("1.0", 5), ("At sea", 2), ("unknown", 3)] {
            evidence.add(text, count: count)
        }
        guard case .notation(.plain, let counts) = evidence.decide(hints()) else {
            Issue.record("no plain numbers")
            return
        }
        #expect((counts.numbers, counts.odd) == (75, 5))
        #expect((counts.distinctNumbers, counts.distinctOdd) == (2, 2))
        #expect(counts.oddTexts == [.init(text: "unknown", count: 3), .init(text: "At sea", count: 2)])
    }

    private static let lone = ["1,050", "12,300", "7,125"]

    @Test("whole numbers that grow up to 999 make one comma before three digits thousands")
    func growing() {
        let small = stride(from: 3, to: 999, by: 50).map(String.init)
        #expect(read(small + Self.lone)?.suffix(3) == [1_050, 12_300, 7_125])
    }

    @Test("one comma before three digits is unclear without another sign, and both readings are named")
    func unclear() {
        let decision = decide(Self.lone)
        guard case .unclear(let first, let second, let readings) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(first == "1,050")
        #expect(second == "7,125")
        #expect(readings.map(\.grouping) == [.comma, .none])
        #expect(readings.map(\.decimal) == [.point, .comma])
    }

    @Test("the separator and the other columns of the file decide on one comma before three digits")
    func file() {
        let thousands: [Double?] = [1_050, 12_300, 7_125]
        let decimals: [Double?] = [1.05, 12.3, 7.125]
        #expect(read(Self.lone, hints(separator: UInt8(ascii: ","))) == thousands)
        #expect(read(Self.lone, hints { $0.decimalPoints = 4 }) == thousands)
        #expect(read(Self.lone, hints { $0.commaThousands = 4 }) == thousands)
        #expect(read(Self.lone, hints { $0.plainThousands = 4 }) == decimals)
        #expect(read(Self.lone, hints { $0.decimalCommas = 4 }) == decimals)
        let quoted = hints(separator: UInt8(ascii: ",")) { $0.decimalCommas = 4 }
        #expect(read(Self.lone, quoted) == decimals)
        let mixed = hints { ($0.decimalCommas, $0.decimalPoints) = (4, 4) }
        #expect(read(Self.lone, mixed) == nil)
    }

    @Test("a cell that allows one reading decides, and two that contradict each other are named")
    func proofs() {
        #expect(read(Self.lone + ["0,500"])?.first == 1.05)
        #expect(read(Self.lone + ["1234,567"])?.first == 1.05)
        #expect(read(Self.lone + ["1,234,567"])?.first == 1_050)
        guard case .unclear("1,234,567", "0,5", _) = decide(Self.lone + ["0,5", "1,234,567"]) else {
            Issue.record("contradiction was decided")
            return
        }
    }

    @Test("one such cell among plain numbers is odd")
    func oneCell() {
        let plain = (2_000..<2_100).map { String($0 * 7) }
        #expect(read(plain + ["1,050"])?.last == .some(nil))
    }

    @Test("a point before three digits is a decimal point, unless the file has decimal commas")
    func point() {
        #expect(read(["1.050", "12.300"], hints { $0.decimalCommas = 9 }) == [1_050, 12_300])
        #expect(read(["1.050", "12.300"], hints { $0.decimalPoints = 9 }) == [1.05, 12.3])
        #expect(read(["1.050", "12.300"], hints { ($0.decimalCommas, $0.decimalPoints) = (9, 9) }) == nil)
    }

    @Test("pairs with commas are lists where the file has decimal points, and decimals elsewhere")
    func lists() {
        let texts = ["1,3", "2", "1,2", "3,4", "1"]
        #expect(read(texts) == [1.3, 2, 1.2, 3.4, 1])
        #expect(decide(texts, hints { $0.decimalPoints = 30 }) == .none)
        #expect(decide(texts + ["2,3", "4,5", "2,10"]) == .none)
        #expect(read(texts + ["2,3", "4,5", "2,10", "3,1"])?.last == 3.1)
        #expect(read(texts + ["0,5"], hints { $0.decimalPoints = 30 })?.last == 0.5)
    }

    @Test("hints count the cells that allow one reading, and not those of the column itself")
    func counting() {
        var file = hints()
        let decimals = evidence(["0,5", "12,34", "1,050"]).hints(separator: Self.tab)
        file.merge(decimals)
        file.merge(evidence(["3.75", "1,234.5", "8"]).hints(separator: Self.tab))
        file.merge(evidence(["1.234.567", "1.050"]).hints(separator: Self.tab))
        file.merge(evidence(["1987", "2003"]).hints(separator: Self.tab))
        file.merge(evidence(["1001", "1002", "1003"]).hints(separator: Self.tab))
        file.merge(evidence(["90210", "10115", "75008"]).hints(separator: Self.tab))
        file.merge(evidence(["01067", "10115", "9"]).hints(separator: Self.tab))
        file.merge(evidence(["8425", "90210", "7"]).hints(separator: Self.tab))
        file.merge(evidence(["red, green", "1,5", "blue"]).hints(separator: Self.tab))
        #expect((file.decimalCommas, file.decimalPoints) == (2, 2))
        #expect((file.commaThousands, file.pointThousands) == (1, 1))
        #expect(file.plainThousands == 2)
        #expect(file.without(decimals).decimalCommas == 0)
    }

    @Test("a sorted column whose commas come late is decided anew after a pass")
    func passes() {
        var evidence = evidence((1...250).map(String.init))
        guard case .notation(.plain, _) = evidence.decide(hints()) else {
            Issue.record("the first rows are plain")
            return
        }
        evidence.beginPass()
        evidence.addRead(999, in: .plain, largest: 999)
        for text in ["1,000", "1,001", "1,002", "Unknown"] { evidence.add(text) }
        let thousands = NumberNotation(decimal: .point, grouping: .comma)
        guard case .notation(thousands, _) = evidence.decide(hints()) else {
            Issue.record("the last rows have thousands")
            return
        }
        evidence.beginPass()
        evidence.addRead(1_002, in: thousands, largest: 1_002)
        evidence.add("Unknown")
        guard case .notation(thousands, let counts) = evidence.decide(hints()) else {
            Issue.record("a second pass decides the same")
            return
        }
        #expect((counts.numbers, counts.odd) == (1_002, 1))
    }

    @Test("whole numbers from 1000 that a pass has read speak against thousands")
    func plainPass() {
        var evidence = evidence((1...250).map(String.init))
        evidence.beginPass()
        evidence.addRead(5_000, in: .plain, largest: 5_000)
        for text in (1...400).map({ "\($0 % 9 + 1),\(100 + $0)" }) { evidence.add(text) }
        guard case .unclear = evidence.decide(hints()) else {
            Issue.record("thousands with and without commas were decided")
            return
        }
    }
}
