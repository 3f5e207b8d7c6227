import Testing

@testable import Tables

@Suite("Columns that are left out")
struct LeftOutTests {
    @Test("are an index without a name, and one that numbers the rows by its name")
    func indices() throws {
        let unnamed = try TrainingTable(",a", rows: 30) { "\($0),\($0 * $0 % 11)" }
        #expect(unnamed.column("Unnamed: 0")?.leftOut == "it has no name and numbers the rows")
        #expect(unnamed.data.features.map(\.name) == ["a"])
        let gaps = try TrainingTable(",a", rows: 30) { "\($0 * 3 + 5),\($0 * $0 % 11)" }
        #expect(gaps.feature("Unnamed: 0") == nil)
        let shuffled = try TrainingTable(",a", rows: 30) { "\($0 * 7 % 30),\($0 * $0 % 11)" }
        #expect(shuffled.feature("Unnamed: 0") == nil)
        for name in ["id", "Row", "customer_id", "rowNumber", "S.No", "obs", "Unnamed: 0"] {
            let named = try TrainingTable("\(name),a", rows: 30) { "\($0 + 1),\($0 * $0 % 11)" }
            #expect(named.column(name)?.leftOut == "it numbers the rows", "\(name)")
            #expect(named.decisions.contains("column \"\(name)\" is left out: it numbers the rows"))
        }
    }

    @Test("are no columns that count, but are not called an index, and none that repeat")
    func values() throws {
        let days = try TrainingTable("day,a", rows: 30) { "\($0 + 1),\($0 * $0 % 11)" }
        #expect(days.values("day")?.prefix(2) == [1, 2])
        let groups = try TrainingTable("id,a", rows: 30) { "\($0 % 6),\($0 * $0 % 11)" }
        #expect(groups.values("id")?[7] == 1)
        let unnamed = try TrainingTable(",a", rows: 30) { "\($0 * 7 % 5).5,\($0 * $0 % 11)" }
        #expect(unnamed.values("Unnamed: 0")?.prefix(2) == [0.5, 2.5])
    }

    @Test("are names of rows without a name")
    func rowNames() throws {
        let table = try TrainingTable(",a", rows: 30) { "tree \($0),\($0 * $0 % 11)" }
        #expect(table.column("Unnamed: 0")?.leftOut == "it has no name and names the rows")
        #expect(table.warnings.isEmpty)
    }

    @Test(
        "are texts that are different in most rows, for the reason that is true",
        arguments: [
            ("n%", "most of its texts are different, so they name rows"),
            ("https://oak.example/%", "it has links"),
            ("the tree % stands beside the old mill", "it has free text"),
        ]
    )
    func names(_ form: String, _ reason: String) throws {
        let table = try TrainingTable("name,a", rows: 30) {
            "\(form.replacing("%", with: "\($0)")),\($0 * $0 % 11)"
        }
        #expect(table.data.features.map(\.name) == ["a"])
        #expect(table.column("name")?.leftOut == reason)
        #expect(table.warnings == ["column \"name\" is left out: \(reason); types=name:text keeps it"])
    }

    @Test("are numbers with different units")
    func units() throws {
        let table = try TrainingTable("load,a", rows: 30) {
            "\($0) \(["kg", "lb", "oz"][$0 % 3]),\($0 * $0 % 11)"
        }
        #expect(table.column("load")?.leftOut == "its numbers have different units")
    }

    @Test("are named where no column is left")
    func noFeatures() throws {
        let error = #expect(throws: TableError.self) {
            try TrainingTable("link,name", rows: 30) { "https://oak.example/\($0),n\($0)" }
        }
        guard case .noFeatures("y", let leftOut) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(leftOut.contains { $0.contains("\"link\" is left out: it has links") })
        #expect(leftOut.contains { $0.contains("\"name\" is left out: most of its texts") })
        #expect(error?.description.contains("\"link\" is left out") == true)
    }

    @Test("are used after all if there is nothing else and they number the rows")
    func onlyNumbers() throws {
        let table = try TrainingTable("id,name", rows: 30) { "\($0),n\($0)" }
        #expect(table.data.features.map(\.name) == ["id"])
        #expect(table.column("id")?.leftOut == nil && table.column("id")?.kind == .number)
        #expect(table.says("column \"id\" numbers the rows, and is used because there is no other"))
        #expect(!table.says("\"id\" is left out"))
    }

    @Test("cannot be counted in a table of one column")
    func oneColumn() {
        #expect(throws: TableError.csv(.oneColumn(name: "y"))) { try TrainingTable("y\np\nq\np\nq\n") }
    }
}
