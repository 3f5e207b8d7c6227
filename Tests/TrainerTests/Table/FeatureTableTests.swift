import Testing

@testable import Trainer

@Suite("Tables to predict from")
struct FeatureTableTests {
    private func read(
        _ csv: String,
        _ features: [(name: String, labels: [String]?)],
        of names: [String]? = nil
    ) throws -> FeatureTable {
        let bytes = Array(csv.utf8)
        return try FeatureTable(bytes.span, features: features, of: names, threads: 2)
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
        #expect(try read("1,2\n3,4\n", [("c1", nil)], of: ["c0", "c1"]).columns == [[2, 4]])
    }

    @Test("without a header a table of another width is refused, and one like the whole one is taken apart")
    func width() throws {
        let wide = "7,1,2\n8,3,4\n"
        #expect(throws: TrainingError.csv(.wrongWidth(3, features: 2, all: nil))) {
            try read(wide, [("a", nil), ("b", nil)])
        }
        #expect(throws: TrainingError.csv(.wrongWidth(3, features: 2, all: 4))) {
            try read(wide, [("a", nil), ("b", nil)], of: ["id", "a", "b", "y"])
        }
        let table = try read(wide, [("b", nil), ("a", nil)], of: ["y", "a", "b"])
        #expect(table.columns == [[2, 4], [1, 3]])
    }

    @Test("a model knows the places of its features in the table that it learnt from")
    func places() throws {
        let rows = (0..<40).map { "\($0 * 7 % 11),\($0 % 2),\($0 * 3 % 5)" }
        let csv = Array(("a,y,b\n" + rows.joined(separator: "\n")).utf8)
        let model = try ModelTrainer(LearningParameters(), threads: 2).train(csv).model
        let bare = Array(rows.joined(separator: "\n").utf8)
        #expect(try model.predict(bare) == (try model.predict(csv)))
    }

    @Test("categories are those that the model knows; another one is missing")
    func categories() throws {
        let table = try read("a\nred\nmauve\n\"\"\nblue\n", [("a", ["blue", "green", "red"])])
        #expect(table.columns[0].map { $0.isNaN ? -1 : $0 } == [2, -1, -1, 0])
        #expect(table.unseen.map(\.column) == ["a"])
        #expect(table.unseen.first?.labels == ["mauve"])
    }

    @Test("categories that only look alike are others")
    func lookalikes() throws {
        let (one, two) = ("caf\u{E9}", "cafe\u{301}")
        let table = try read("a\n\(two)\n\(one)\n", [("a", [two, one])])
        #expect(table.columns == [[0, 1]])
        let single = try read("a\n\(two)\n\(one)\n", [("a", [one])])
        #expect(single.columns[0].map { $0.isNaN ? -1 : $0 } == [-1, 0])
        #expect(single.unseen.first?.labels.map { Array($0.utf8) } == [Array(two.utf8)])
    }

    @Test("a text where the model takes a number is an error")
    func mistakes() {
        #expect(throws: TrainingError.notANumber(line: 3, column: "a", token: "x")) {
            try read("a\n1\nx\n", [("a", nil)])
        }
    }
}
