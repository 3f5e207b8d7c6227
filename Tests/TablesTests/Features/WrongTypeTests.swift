import Testing

@testable import Tables

@Suite("A type that a setting names")
struct WrongTypeTests {
    @Test("is refused where no cell has it", arguments: [ColumnType.number, .date])
    func wrong(_ type: ColumnType) {
        let rows = (0..<30).map { "\(["oak", "elm"][$0 % 2]),\($0 * $0 % 7),\($0 % 3)\n" }
        let bytes = Array(("kind,a,y\n" + rows.joined()).utf8)
        var options = TableOptions()
        options.types = ["kind": type]
        #expect(throws: TableError.csv(.wrongType(column: "kind", type: type, text: "oak"))) {
            try TrainingTable(bytes.span, options, threads: 1)
        }
    }
}
