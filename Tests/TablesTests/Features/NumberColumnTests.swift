import Testing

@testable import Tables

@Suite("Columns of numbers as people write them")
struct NumberColumnTests {
    /// A table of tabs with the cells of a column `a`, repeated as long as the rows.
    private func table(_ cells: [String], rows: Int = 24) throws -> TrainingTable {
        let body = (0..<rows).map { "\(cells[$0 % cells.count])\t\($0 % 5)\t\($0 % 2)\n" }.joined()
        return try TrainingTable("a\tb\ty\n\(body)", target: "y")
    }

    struct Notation: Sendable, CustomTestStringConvertible {
        let cells: [String]
        let values: [Float?]
        let words: String
        var testDescription: String { cells[0] }

        init(_ cells: [String], _ values: [Float?], _ words: String) {
            (self.cells, self.values, self.words) = (cells, values, words)
        }
    }

    @Test(
        "are read, with a decision that names the notation",
        arguments: [
            Notation(["3,204", "1,250,000", "17,250"], [3_204, 1_250_000, 17_250], "thousands with commas"),
            Notation(["3.204,5", "1.250.000", "17,25"], [3_204.5, 1_250_000, 17.25], "decimal comma"),
            Notation(["0,5", "12,75", "-3,125"], [0.5, 12.75, -3.125], "decimal comma"),
            Notation(["3 204", "1 250 000", "7"], [3_204, 1_250_000, 7], "thousands with blanks"),
            Notation(
                ["3\u{A0}204", "1\u{202F}250\u{202F}000", "7"],
                [3_204, 1_250_000, 7],
                "thousands with blanks"
            ),
            Notation(["3'204.5", "1'250'000", "7"], [3_204.5, 1_250_000, 7], "thousands with apostrophes"),
            Notation(["37%", "4.5%", "100 %"], [37, 4.5, 100], "percent"),
            Notation(["$37,500.25", "$4", "-$120"], [37_500.25, 4, -120], "dollars"),
            Notation(["37,50 €", "1.204,00 €", "8,00 €"], [37.5, 1_204, 8], "euros"),
            Notation(["12 kg", "7.5 kg", "103 kg"], [12, 7.5, 103], "kg behind"),
            Notation(["(1,204)", "350", "2,500"], [-1_204, 350, 2_500], "parentheses for minus"),
            Notation(["4100*", "4350", "4720", "4815"], [4_100, 4_350, 4_720, 4_815], "footnote"),
        ]
    )
    func notations(_ notation: Notation) throws {
        let table = try table(notation.cells)
        #expect(table.values("a")?.prefix(notation.cells.count) == notation.values[...])
        #expect(table.column("a")?.kind == .number && table.column("a")?.notation != nil)
        #expect(table.decisions.contains { $0.hasPrefix("column \"a\" has") && $0.contains(notation.words) })
    }

    @Test("may have another minus sign, exponents and blanks without a word")
    func plain() throws {
        let table = try table(["\u{2212}4.5", "3e2", " 12\u{A0}", "+8"])
        #expect(table.values("a")?.prefix(4) == [-4.5, 300, 12, 8])
        #expect(table.column("a")?.notation == nil)
    }

    @Test("with thousands only far below the first rows are read as thousands")
    func sorted() throws {
        let cells = (0..<1_500).map { $0 < 1_000 ? "\($0)" : "1,\("\($0)".dropFirst())" }
        let table = try TrainingTable(
            "a\ty\n" + cells.enumerated().map { "\($1)\t\($0 % 2)\n" }.joined(),
            target: "y"
        )
        #expect(table.values("a")?[999] == 999 && table.values("a")?[1_000] == 1_000)
        #expect(table.values("a")?[1_499] == 1_499)
    }

    private static let unclear = ["1,050", "12,300", "7,125", "9,640"]

    @Test("of which nobody can say whether they have thousands are left out, and two cells are named")
    func unclear() throws {
        let table = try table(Self.unclear)
        #expect(table.feature("a") == nil)
        let warning = try #require(table.warnings.first { $0.contains("column \"a\" is left out") })
        #expect(warning.contains("\"1,050\"") && warning.contains("thousands=comma"))
    }

    @Test("of which nobody can say so are decided by settings and by other columns")
    func decided() throws {
        let body = (0..<24).map { "\(Self.unclear[$0 % 4])\t\($0 % 2)\n" }.joined()
        func first(_ change: (inout TableOptions) -> Void) throws -> Float?? {
            try TrainingTable("a\ty\n\(body)", target: "y", change).values("a")?.first
        }
        #expect(try first { $0.thousands = .comma } == 1_050)
        #expect(try first { $0.thousands = Thousands.none } == Float(1.05))
        #expect(try first { $0.csv.hasDecimalComma = true } == Float(1.05))
        #expect(try first { $0.csv.hasDecimalComma = false } == 1_050)
        let beside = (0..<24).map { "\(Self.unclear[$0 % 4])\t\($0).75\t\($0 % 2)\n" }.joined()
        #expect(try TrainingTable("a\tb\ty\n\(beside)", target: "y").values("a")?.first == 1_050)
        let commas = (0..<24).map { "\(Self.unclear[$0 % 4])\t\($0),75\t\($0 % 2)\n" }.joined()
        #expect(try TrainingTable("a\tb\ty\n\(commas)", target: "y").values("a")?.first == Float(1.05))
    }

    @Test("do not have a decimal comma if the setting says so")
    func noDecimalComma() throws {
        let body = (0..<24).map { "\($0 % 3),5\t\($0 % 2)\n" }.joined()
        let table = try TrainingTable("a\ty\n\(body)", target: "y") { $0.csv.hasDecimalComma = false }
        #expect(table.feature("a")?.kind != .numeric)
    }

    @Test("do not become other things: codes, times, sizes and names stay what they are")
    func others() throws {
        #expect(try table(["2WD", "4WD"]).categories("a") == ["2WD", "4WD"])
        #expect(try table(["1.2.3", "1.10.0"]).categories("a") == ["1.10.0", "1.2.3"])
        #expect(try table(["5-10", "10-20", "20+"]).column("a")?.kind == .category)
        #expect(try table(["3 kg", "7 lb"]).column("a")?.kind == .category)
    }

    @Test("in which one cell has another notation keep their values")
    func oneCell() throws {
        let table = try TrainingTable("a,b", rows: 60) { "\($0 == 7 ? "\"1,000\"" : "\($0).5"),\($0 % 7)" }
        #expect([nil, 1_000].contains(table.values("a")?[7] ?? nil))
        #expect(table.says("column \"a\""))
        #expect(table.values("a")?[8] == 8.5)
    }

    @Test("that 32-bit floats cannot tell apart are shifted, and said")
    func close() throws {
        let table = try TrainingTable("stamp,b", rows: 40) {
            "\(1_650_000_000_000 + 7 * ($0 * $0 % 40)),\($0 % 7)"
        }
        let values = try #require(table.feature("stamp")?.values)
        #expect(Set(values).count == Set((0..<40).map { $0 * $0 % 40 }).count)
        #expect(values[1] - values[0] == 7)
        #expect(table.column("stamp")?.scaling != nil)
        #expect(table.says("cannot tell apart"))
        let fractions = try TrainingTable("level,b", rows: 40) {
            "\(1000 + Double($0 % 8) / 65_536),\($0 % 7)"
        }
        #expect(Set(fractions.feature("level")?.values ?? []).count == 8)
        #expect(!fractions.says("column \"level\" is constant"))
    }

    @Test(
        "that are too large for 32-bit floats are scaled, and said",
        arguments: ["1e300", "-3.5e38", "1e39"]
    )
    func large(_ token: String) throws {
        let table = try TrainingTable("a,b", rows: 40) { "\($0 == 7 ? token : "\($0)e250"),\($0 % 7)" }
        let values = try #require(table.feature("a")?.values)
        #expect(values.allSatisfy { $0.isFinite })
        #expect(
            table.column("a")?.scaling != nil && table.says("column \"a\" has numbers that 32-bit floats")
        )
    }

    @Test("that are too large for any float are no numbers, or refused", arguments: ["1e400", "-1e999"])
    func infinite(_ token: String) {
        let table = try? TrainingTable("a,b", rows: 40) { "\($0 == 7 ? token : "\($0).5"),\($0 % 7)" }
        guard let values = table?.values("a") else { return }
        #expect(values[7] == nil && values[8] == 8.5)
    }

    @Test("may be read as text on request")
    func text() throws {
        let body = (0..<24).map { "\(501 + $0 % 3),\($0 % 2)\n" }.joined()
        let table = try TrainingTable("zip,y\n\(body)", target: "y") { $0.types = ["zip": .text] }
        #expect(table.categories("zip") == ["501", "502", "503"])
    }
}
