import Testing

@testable import Tables

@Suite("The features of a table")
struct FeatureTests {
    @Test("are the 32-bit floats nearest to the doubles nearest to the decimals")
    func numbers() throws {
        let table = try TrainingTable("a,y\n0.1,p\n-0,q\n16777217,p\n3.4028235e38,q\n1e-46,p\n")
        #expect(table.feature("a")?.values == [0.1, 0, 16_777_216, .greatestFiniteMagnitude, 0])
        #expect(table.feature("a")?.values[1].sign == .plus)
    }

    @Test("of text are indices of their sorted labels")
    func categories() throws {
        let table = try TrainingTable("a,y\nred,p\nblue,q\nred,p\ngreen,q\nblue,p\nred,q\n")
        #expect(table.categories("a") == ["blue", "green", "red"])
        #expect(table.feature("a")?.values == [2, 0, 2, 1, 0, 2])
        #expect(table.decisions.contains { $0.hasPrefix("column \"a\" has 3 categories") })
    }

    @Test("that have text only after the first thousand rows are categories")
    func late() throws {
        let rows = (0..<4_000).map {
            "\($0 < 2_000 ? "7" : $0 % 2 == 0 ? "even" : "odd"),\($0 % 3 == 0 ? "p" : "q")\n"
        }
        #expect(try TrainingTable("a,y\n" + rows.joined()).categories("a") == ["7", "even", "odd"])
    }

    @Test("that are numeric only after the first thousand rows are numbers")
    func lateNumbers() throws {
        let rows = (0..<4_000).map { "\($0 < 1_200 ? "" : "\($0 % 50).5"),\($0 % 3 == 0 ? "p" : "q")\n" }
        let table = try TrainingTable("a,y\n" + rows.joined())
        #expect(table.column("a")?.kind == .number && table.column("a")?.missing == 1_200)
        #expect(table.values("a")?[1_200] == 0.5)
    }

    @Test("that are constant stay, with a decision")
    func constant() throws {
        let table = try TrainingTable("a,b", rows: 6) { "\($0 * $0),5" }
        #expect(table.feature("b")?.values == [5, 5, 5, 5, 5, 5])
        #expect(table.decisions.contains("column \"b\" is constant and cannot help the model"))
        #expect(!table.says("column \"a\" is constant"))
    }

    @Test("that settings name are left out, or read as the settings say")
    func settings() throws {
        let text =
            "zip,size,kind,y\n" + (0..<40).map { "10\($0 % 4)0,\($0 % 9),\($0 % 3),\($0 % 2)\n" }.joined()
        let table = try TrainingTable(text, target: "y") {
            $0.ignored = ["size"]
            $0.types = ["zip": .text, "kind": .number]
        }
        #expect(table.data.features.map(\.name) == ["zip", "kind"])
        #expect(table.categories("zip") == ["1000", "1010", "1020", "1030"])
        #expect(table.column("size")?.leftOut == "as requested")
        #expect(throws: TableError.csv(.noColumns(["width"], found: ["zip", "size", "kind", "y"]))) {
            try TrainingTable(text) { $0.ignored = ["width"] }
        }
        #expect(throws: TableError.csv(.noColumns(["width"], found: ["zip", "size", "kind", "y"]))) {
            try TrainingTable(text) { $0.types = ["width": .number] }
        }
    }

    @Test("keep their names if a part of a date has the same")
    func partNames() throws {
        let table = try TrainingTable("when,when_month", rows: 24) {
            "2021-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01,\($0 * 10)"
        }
        #expect(Set(table.data.features.map(\.name)).count == table.data.features.count)
        #expect(table.values("when_month")?.prefix(2) == [0, 10])
        #expect(table.values("when_month_2")?.prefix(2) == [1, 2])
        #expect(table.column("when")?.parts?.contains { $0.feature == "when_month_2" } == true)
    }
}
