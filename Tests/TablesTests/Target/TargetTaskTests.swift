import Testing

@testable import Tables

@Suite("Classification or regression")
struct TargetTaskTests {
    /// A table whose target has `cell` of the row.
    private func table(_ rows: Int, task: TaskKind? = nil, _ cell: (Int) -> String) throws -> TrainingTable {
        let body = (0..<rows).map { "\($0 * $0 % 23),\(cell($0))\n" }.joined()
        return try TrainingTable("a,y\n\(body)", target: "y", task: task)
    }

    @Test("few whole numbers with many rows each are classes", arguments: [2, 3, 10, 20])
    func classes(_ count: Int) throws {
        let table = try table(5 * count) { "\($0 % count)" }
        #expect(table.data.classes == (0..<count).map { "\($0)" })
        #expect(table.data.labels == (0..<5 * count).map { UInt16($0 % count) })
        #expect(table.decisions.contains("the task is classification with \(count) classes"))
    }

    @Test("texts are classes")
    func texts() throws {
        let table = try table(6) { $0 % 2 == 0 ? "no" : "yes" }
        #expect(table.data.classes == ["no", "yes"])
    }

    @Test("more numbers, fractions, and whole numbers with few rows each are a regression")
    func regression() throws {
        #expect(try table(210) { "\($0 % 21)" }.numbers?.prefix(3) == [0, 1, 2])
        #expect(try table(60) { "\($0 % 2).5" }.numbers?.prefix(3) == [0.5, 1.5, 0.5])
        #expect(try table(15) { "\($0 * 7 % 15)" }.numbers?.count == 15)
        #expect(try table(19) { "\($0 % 5)" }.numbers?.count == 19)
        #expect(try table(120) { "\(31 + $0 % 17)" }.numbers?.first == 31)
        #expect(try table(120) { "\($0 % 12 * 10)" }.numbers != nil)
        #expect(try table(60) { "\($0 % 2).5" }.decisions.contains("the task is regression"))
    }

    @Test("two whole numbers are two classes, however few rows they have and however large they are")
    func two() throws {
        #expect(try table(6) { "\($0 % 2)" }.data.classes == ["0", "1"])
        #expect(try table(6) { "\($0 % 2 * 300 + 100)" }.data.classes == ["100", "400"])
    }

    @Test("numbers written as people write them are a regression, however few they are")
    func notations() throws {
        #expect(try table(60) { "\($0 % 4 * 10)%" }.numbers?.prefix(3) == [0, 10, 20])
        #expect(try table(60) { "\"\($0 % 4 + 1),\(200 + $0 % 3)\"" }.numbers?.first == 1_200)
        #expect(try table(60) { "$\($0).25" }.numbers?.last == 59.25)
        #expect(
            try table(60) { "\($0 % 7).5 %" }.decisions.contains("the target \"y\" has numbers with percent")
        )
    }

    @Test("the other task is named where it may be meant")
    func doubt() throws {
        #expect(try table(60) { "\($0 % 12)" }.warnings.contains { $0.contains("task=regression") })
        #expect(try table(120) { "\(31 + $0 % 17)" }.warnings.contains { $0.contains("task=classification") })
        #expect(try !table(19) { "\($0 % 5)" }.says("task="))
        #expect(try !table(60) { "\($0 % 3)" }.says("task="))
        #expect(try !table(60) { "\($0 * $0)" }.says("task="))
        #expect(try !table(60, task: .regression) { "\($0 % 12)" }.says("task="))
    }

    @Test("a requested task is used")
    func requested() throws {
        #expect(try table(60, task: .classification) { "\($0 % 2).5" }.data.classes == ["0.5", "1.5"])
        #expect(try table(60, task: .regression) { "\($0 % 2)" }.numbers?.prefix(2) == [0, 1])
        #expect(throws: TableError.notANumber(line: 2, column: "y", token: "no")) {
            try table(6, task: .regression) { $0 % 2 == 0 ? "no" : "yes" }
        }
    }
}
