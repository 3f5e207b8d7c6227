import Testing

@testable import Tables

@Suite("Times, groups and weights of rows")
struct RowKeyTests {
    private static let text =
        "shop,year,when,share,a,y\n"
        + (0..<24).map {
            "s\($0 % 3),\(1990 + $0 % 5),2021-02-\($0 % 9 + 1),\($0 % 4).5,\($0 * $0 % 7),\($0 % 2)\n"
        }
        .joined()

    private func table(_ change: (inout TableOptions) -> Void) throws -> TrainingTable {
        try TrainingTable(Self.text, target: "y", change)
    }

    @Test(
        "a group is equal in rows with equal values, and is no feature",
        arguments: ["shop", "share", "when"]
    )
    func group(_ name: String) throws {
        let table = try table { $0.group = name }
        let groups = try #require(table.data.group)
        let period = ["shop": 3, "share": 4, "when": 9][name] ?? 1
        for row in 0..<24 {
            for other in 0..<row { #expect((groups[row] == groups[other]) == ((row - other) % period == 0)) }
        }
        #expect(table.column(name)?.leftOut == "it names the groups of rows")
        #expect(!table.data.features.contains { $0.name.hasPrefix(name) })
    }

    @Test("a weight is a number from 0 on in each row")
    func weight() throws {
        let table = try table { $0.weight = "share" }
        #expect(table.data.weights?.prefix(5) == [0.5, 1.5, 2.5, 3.5, 0.5])
        #expect(table.column("share")?.leftOut == "it has the weights of the rows")
        #expect(throws: TableError.notAWeight(column: "shop", value: "s0")) {
            try self.table { $0.weight = "shop" }
        }
        let negative = "w,a,y\n" + (0..<24).map { "\($0 == 5 ? -1 : $0),\($0 % 5),\($0 % 2)\n" }.joined()
        #expect(throws: TableError.notAWeight(column: "w", value: "-1.0")) {
            try TrainingTable(negative, target: "y") { $0.weight = "w" }
        }
        let gap = negative.replacing("-1,", with: ",")
        #expect(throws: TableError.notAWeight(column: "w", value: "")) {
            try TrainingTable(gap, target: "y") { $0.weight = "w" }
        }
    }

    @Test("the time is the first column of dates, otherwise a column of years, and only if it is needed")
    func time() throws {
        let dated = try table { $0.needsTime = true }
        #expect(dated.data.time?.prefix(2) == [1_612_137_600, 1_612_224_000])
        #expect(dated.decisions.contains("the time of a row is its \"when\""))
        let years = try table { ($0.needsTime, $0.types) = (true, ["when": .text]) }
        #expect(years.data.time?.prefix(2) == [1990, 1991])
        #expect(try table { _ in }.data.time == nil)
    }

    @Test("columns of keys must be there")
    func absent() {
        let found = ["shop", "year", "when", "share", "a", "y"]
        #expect(throws: TableError.csv(.noColumns(["city"], found: found))) {
            try table { $0.group = "city" }
        }
        #expect(throws: TableError.csv(.noColumns(["city"], found: found))) {
            try table { $0.weight = "city" }
        }
    }

    @Test("rows without a target have no key")
    func dropped() throws {
        let text =
            "g,a,y\n" + (0..<24).map { "s\($0 % 3),\($0 * $0 % 7),\($0 == 0 ? "" : "\($0 % 2)")\n" }.joined()
        let table = try TrainingTable(text, target: "y") { $0.group = "g" }
        #expect(table.data.group?.count == 23 && table.data.rows == 23)
    }

    @Test("a column may be ignored and name the groups")
    func ignoredGroup() throws {
        let table = try TrainingTable(
            "a,g,y\n" + (0..<12).map { "\($0 * 7 % 5),\($0 % 3),\($0 % 2)\n" }.joined()
        ) {
            ($0.ignored, $0.group) = (["g"], "g")
        }
        #expect(table.data.group == (0..<12).map { Int32($0 % 3) })
        #expect(table.feature("g") == nil)
    }

    @Test("an ignored column is not predicted, even if no other can be")
    func ignoredTarget() {
        let csv = "name,none,kind\n" + (0..<12).map { "tree \($0),,\($0 % 2)\n" }.joined()
        #expect(throws: TableError.self) { try TrainingTable(csv) { $0.ignored = ["kind"] } }
    }
}
