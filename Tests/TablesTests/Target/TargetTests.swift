import Testing

@testable import Tables

@Suite("The target of a table")
struct TargetTests {
    @Test("that is missing removes its row, with a decision", arguments: MissingValueTests.gaps)
    func missing(_ gap: String) throws {
        func rows(_ target: (Int) -> String) -> String {
            "a,y\n" + (0..<20).map { "\($0 * $0),\($0 == 3 ? gap : target($0))\n" }.joined()
        }
        let classes = try TrainingTable(rows { $0 % 2 == 0 ? "p" : "q" }, target: "y")
        #expect(classes.data.rows == 19 && classes.data.labels.count == 19)
        #expect(classes.feature("a")?.values.prefix(4) == [0, 1, 4, 16])
        #expect(classes.data.labels.prefix(4) == [0, 1, 0, 0])
        #expect(classes.decisions.contains("1 row without a target is left out"))
        let values = try TrainingTable(rows { "\($0).5" }, target: "y")
        #expect(values.numbers?.prefix(4) == [0.5, 1.5, 2.5, 4.5])
        #expect(throws: TableError.noTarget(target: "y")) {
            try TrainingTable("a,y\n1,\(gap)\n2,\(gap)\n", target: "y")
        }
    }

    @Test("that is missing in many rows gets a warning")
    func manyMissing() throws {
        let rows = (0..<40).map { "\($0 * $0),\($0 % 3 == 0 ? "" : "\($0 % 2)")\n" }
        let table = try TrainingTable("a,y\n" + rows.joined())
        #expect(table.data.rows == 26)
        #expect(table.warnings.contains { $0.hasPrefix("14 rows without a target are left out;") })
    }

    @Test("that is missing by a word names the word")
    func words() throws {
        let rows = (0..<40).map { "\($0 * $0),\($0 % 20 == 3 ? "NA" : "\($0).5")\n" }
        let table = try TrainingTable("a,y\n" + rows.joined())
        #expect(table.decisions.contains("2 rows without a target are left out (\"NA\" counts as missing)"))
    }

    @Test("with few odd words among numbers loses their rows, with a warning")
    func odd() throws {
        let rows = (0..<60).map { "\($0 * $0),\($0 == 7 ? "n.b." : "\($0).5")\n" }
        let table = try TrainingTable("a,y\n" + rows.joined(), target: "y")
        #expect(table.numbers?.count == 59 && table.numbers?[7] == 8.5)
        #expect(table.values("a")?[7] == 64)
        #expect(!table.says("rows without a target"))
        #expect(
            table.warnings.contains {
                $0.hasPrefix("1 cell of the target \"y\" is no number") && $0.contains("\"n.b.\"")
            }
        )
    }

    @Test("with numbers that 32-bit floats cannot tell apart gets a warning")
    func close() throws {
        let rows = (0..<60).map { "\($0 % 7),\(1_650_000_000_000 + 3 * $0 * $0)\n" }
        let table = try TrainingTable("a,y\n" + rows.joined(), target: "y")
        #expect(table.numbers?[1] == 1_650_000_000_003)
        #expect(table.warnings.contains { $0.contains("in steps of 131072") })
    }

    @Test("of which nobody can say whether it has thousands is refused, with two cells and the settings")
    func unclear() throws {
        let cells = ["1,050", "12,300", "7,125", "9,640"]
        let text = "a\ty\n" + (0..<40).map { "\($0 * $0)\t\(cells[$0 % 4])\n" }.joined()
        let bare =
            "a\ty\n" + (0..<40).map { "\("pqr".map(\.description)[$0 % 3])\t\(cells[$0 % 4])\n" }.joined()
        let error = #expect(throws: TableError.self) { try TrainingTable(bare, target: "y") }
        guard case .unclearNumbers("y", "1,050", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.contains("thousands=comma") == true)
        #expect(try TrainingTable(text, target: "y") { $0.thousands = .comma }.numbers?.first == 1_050)
    }

    @Test("of numbers that a model cannot predict is refused")
    func huge() throws {
        let body = (0..<40).map { "\($0),\($0 == 30 ? "-1e39" : "\($0 * 7 % 40)")\n" }.joined()
        #expect(throws: TableError.hugeTarget(target: "y", number: 1e39)) {
            try TrainingTable("a,y\n" + body, target: "y")
        }
        #expect(try TrainingTable("a,y\n" + body, target: "a").data.features.map(\.name) == ["y"])
    }
}
