import Testing

@testable import Tables

@Suite("Decimal commas in a file with commas as separators")
struct DecimalCommaTests {
    @Test("a cell without quotes ends at the comma")
    func unquoted() throws {
        let table = try TrainingTable("height,width", rows: 24) { row in
            row % 4 == 1 ? "\(row),\(row * 3)" : "\"\(row),5\",\(row * 3)"
        }
        #expect(table.values("height")?.prefix(3) == [0.5, 1, 2.5])
        #expect(table.values("width")?.prefix(3) == [0, 3, 6])
        #expect(!table.says("fewer than"))
    }
}
