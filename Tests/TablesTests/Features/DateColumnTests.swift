import Testing

@testable import Tables

@Suite("Columns of dates")
struct DateColumnTests {
    @Test("give the parts that differ from row to row, with a decision")
    func parts() throws {
        let table = try TrainingTable("when", rows: 28) {
            "2021-02-\($0 < 9 ? "0" : "")\($0 + 1) 1\($0 % 4):30"
        }
        let names = ["day", "weekday", "hour", "day_of_year", "minute_of_day", "elapsed"].map { "when_\($0)" }
        #expect(table.data.features.map(\.name) == names)
        #expect(table.values("when_hour")?.prefix(5) == [10, 11, 12, 13, 10])
        #expect(table.values("when_elapsed")?[0] == 0)
        // 2021-02-01 was a Monday.
        #expect(table.values("when_weekday")?.prefix(8) == [1, 2, 3, 4, 5, 6, 7, 1])
        #expect(
            table.says("column \"when\" has dates as year-month-day with time and gives day, weekday, hour")
        )
        #expect(table.column("when")?.kind == .date && table.column("when")?.parts?.count == names.count)
    }

    @Test("that are the same in every row are left out")
    func constant() throws {
        let table = try TrainingTable("when,a", rows: 20) { "2021-02-03,\($0 * $0)" }
        #expect(table.column("when")?.leftOut == "its date is the same in every row")
        #expect(table.data.features.map(\.name) == ["a"])
    }

    @Test("say how day and month were told apart")
    func order() throws {
        let days = try TrainingTable("when", rows: 28) { "\($0 + 1)/\(1 + $0 * 5 % 12)/2020" }
        #expect(days.values("when_day")?[4] == 5 && days.values("when_month")?[4] == 9)
        #expect(days.says("day first, as in"))
        let months = try TrainingTable("when", rows: 28) { "\(1 + $0 * 5 % 12)/\($0 + 1)/2020" }
        #expect(months.values("when_day")?[4] == 5 && months.values("when_month")?[4] == 9)
        #expect(months.says("month first, as in"))
    }

    @Test("with few other cells count these as missing")
    func odd() throws {
        let table = try TrainingTable("when", rows: 40) {
            $0 == 9 ? "unknown" : "2021-0\(1 + $0 % 9)-1\($0 % 10)"
        }
        #expect(table.values("when_month")?[9] == .some(nil) && table.values("when_month")?[8] == 9)
        #expect(table.column("when")?.odd == 1)
        #expect(table.says("such as \"unknown\""))
    }

    @Test("whose gaps are words stay dates")
    func gaps() throws {
        let table = try TrainingTable("when,kind", rows: 40) {
            "\($0 % 8 == 3 ? "NA" : "2021-0\(1 + $0 % 9)-1\($0 % 10)"),\(["oak", "NA"][$0 % 2])"
        }
        #expect(table.column("when")?.kind == .date && table.column("when")?.missing == 5)
        #expect(table.categories("kind") == ["oak"])
    }

    @Test("are read as text on request, and other columns as dates")
    func settings() throws {
        let text = "when,a,y\n" + (0..<24).map { "2021-0\(1 + $0 % 3),\($0 * $0),\($0 % 2)\n" }.joined()
        let table = try TrainingTable(text, target: "y") { $0.types = ["when": .text] }
        #expect(table.categories("when") == ["2021-01", "2021-02", "2021-03"])
    }

    @Test("and a value are a table to train on")
    func series() throws {
        let rows = (0..<60).map {
            "19\(50 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1),\(100 + $0 * $0 % 97)\n"
        }
        let table = try TrainingTable("Month,Riders\n" + rows.joined())
        #expect(table.data.targetName == "Riders" && table.numbers?.count == 60)
        #expect(table.data.features.map(\.name) == ["Month_year", "Month_month", "Month_elapsed"])
    }

    @Test("in order of time bring a warning with the setting for it")
    func sorted() throws {
        func table(_ day: (Int) -> Int) throws -> TrainingTable {
            try TrainingTable("when", rows: 28) { "2021-02-\(day($0) < 9 ? "0" : "")\(day($0) + 1)" }
        }
        #expect(
            try table { $0 }.warnings.contains {
                $0.contains("in order of \"when\"") && $0.contains("holdout=time")
            }
        )
        #expect(try table { 27 - $0 }.warnings.contains { $0.contains("holdout=time") })
        #expect(try table { $0 * 5 % 28 }.warnings.isEmpty)
    }

    @Test("cannot be the target")
    func target() {
        #expect(throws: TableError.dateTarget(target: "when")) {
            try TrainingTable(
                "a,when\n" + (0..<24).map { "\($0 * $0),2021-02-\($0 + 1)\n" }.joined(),
                target: "when"
            )
        }
    }

    @Test("give parts whose names no column and no other part has")
    func partNames() throws {
        let day = { (row: Int) in "2021-0\(row % 3 + 1)-\(row % 18 + 10)" }
        let table = try TrainingTable("sale,sale_day_of,sale_month", rows: 40) {
            "\(day($0)),\(2_000 + $0 % 9)\(day($0).dropFirst(4)),\($0 % 5)"
        }
        let names = table.data.features.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("sale_month") && names.contains("sale_month_2"))
    }
}
