import Testing

@testable import Trainer

@Suite("Tables to predict from")
struct FeatureTableTests {
    private func read(_ csv: String, _ features: [(name: String, labels: [String]?)]) throws -> FeatureTable {
        let bytes = Array(csv.utf8)
        return try FeatureTable(bytes.span, features: features, threads: 2)
    }

    @Test("columns are found by name in any order, and others are named")
    func byName() throws {
        let table = try read("id,b,a\n7,1,2\n8,3,4\n", [("a", nil), ("b", nil)])
        #expect(table.columns == [[2, 4], [1, 3]])
        #expect(table.rows == 2)
        #expect(table.ignored == ["id"])
    }

    @Test("all that lack are named")
    func lacking() {
        #expect(throws: TrainingError.csv(.noColumns(["a", "c"], found: ["id", "b"]))) {
            try read("id,b\n7,1\n", [("a", nil), ("b", nil), ("c", nil)])
        }
    }

    @Test("without a header the order counts")
    func byOrder() throws {
        #expect(try read("1,2\n3,4\n", [("a", nil), ("b", nil)]).columns == [[1, 3], [2, 4]])
        #expect(try read("1,2\n3,4\n", [("c1", nil)]).columns == [[2, 4]])
    }

    @Test("categories are those that the model knows; another one is missing")
    func categories() throws {
        let table = try read("a\nred\nmauve\n\"\"\nblue\n", [("a", ["blue", "green", "red"])])
        #expect(table.columns[0].map { $0.isNaN ? -1 : $0 } == [2, -1, -1, 0])
    }

    @Test("a text where the model takes a number is an error")
    func mistakes() {
        #expect(throws: TrainingError.notANumber(line: 3, column: "a", token: "x")) {
            try read("a\n1\nx\n", [("a", nil)])
        }
    }
}
