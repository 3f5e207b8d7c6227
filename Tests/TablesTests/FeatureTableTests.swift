import Testing

@testable import Tables

@Suite("Tables as a model's input")
struct FeatureTableTests {
    private func read(
        _ csv: String,
        _ features: [(name: String, labels: [String]?)],
        of names: [String]? = nil
    ) throws -> FeatureTable {
        let bytes = Array(csv.utf8)
        return try FeatureTable(bytes.span, features: features, of: names, threads: 2)
    }

    @Test("columns are found by name in any order, and the other columns are listed")
    func byName() throws {
        let table = try read("id,b,a\n7,1,2\n8,3,4\n", [("a", nil), ("b", nil)])
        #expect(table.columns == [[2, 4], [1, 3]])
        #expect(table.rows == 2)
        #expect(table.ignored == ["id"])
    }

    @Test("an error lists all features that have no column")
    func absent() {
        #expect(throws: TableError.csv(.noColumns(["a", "c"], found: ["id", "b"]))) {
            try read("id,b\n7,1\n", [("a", nil), ("b", nil), ("c", nil)])
        }
    }

    @Test("a file without a header is read by position")
    func byOrder() throws {
        #expect(try read("1,2\n3,4\n", [("a", nil), ("b", nil)]).columns == [[1, 3], [2, 4]])
        #expect(try read("1,2\n3,4\n", [("c1", nil)], of: ["c0", "c1"]).columns == [[2, 4]])
    }

    @Test("a file without a header needs a column per feature, or per column of the training table")
    func width() throws {
        let wide = "7,1,2\n8,3,4\n"
        #expect(throws: TableError.csv(.wrongWidth(3, features: 2, all: nil))) {
            try read(wide, [("a", nil), ("b", nil)])
        }
        #expect(throws: TableError.csv(.wrongWidth(3, features: 2, all: 4))) {
            try read(wide, [("a", nil), ("b", nil)], of: ["id", "a", "b", "y"])
        }
        let table = try read(wide, [("b", nil), ("a", nil)], of: ["y", "a", "b"])
        #expect(table.columns == [[2, 4], [1, 3]])
    }

    @Test("a category that the model does not know becomes a missing value")
    func categories() throws {
        let table = try read("a\nred\nmauve\n\"\"\nblue\n", [("a", ["blue", "green", "red"])])
        #expect(table.columns[0].map { $0.isNaN ? -1 : $0 } == [2, -1, -1, 0])
        #expect(table.unseen.map(\.column) == ["a"])
        #expect(table.unseen.first?.labels == ["mauve"])
    }

    @Test("categories with the same glyphs but other bytes are distinct")
    func lookalikes() throws {
        let (one, two) = ("caf\u{E9}", "cafe\u{301}")
        let table = try read("a\n\(two)\n\(one)\n", [("a", [two, one])])
        #expect(table.columns == [[0, 1]])
        let single = try read("a\n\(two)\n\(one)\n", [("a", [one])])
        #expect(single.columns[0].map { $0.isNaN ? -1 : $0 } == [-1, 0])
        #expect(single.unseen.first?.labels.map { Array($0.utf8) } == [Array(two.utf8)])
    }

    @Test("text in a numeric column is an error")
    func mistakes() {
        #expect(throws: TableError.notANumber(line: 3, column: "a", token: "x")) {
            try read("a\n1\nx\n", [("a", nil)])
        }
    }
}
