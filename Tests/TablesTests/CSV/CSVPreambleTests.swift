import Testing

@testable import Tables

@Suite("Lines above a table")
struct CSVPreambleTests {
    private static let table = "size,kind,y\n4,oak,0\n7,elm,1\n5,oak,0\n"

    @Test(
        "a title, metadata and comments are skipped, and said",
        arguments: [
            ("Trees of the park\n", 1), ("Trees of the park,,\n", 1), ("# trees\n# of the park\n", 2),
            ("# size, in metres\n", 1), ("% trees\n// of the park\n", 2),
            ("Source:,office\nYear:,2021\n\n", 2), ("Trees\n\n# note, more\n", 2),
        ]
    )
    func skipped(_ above: String, _ lines: Int) throws {
        let read = try CSVCells.rows(Array((above + Self.table).utf8))
        #expect(read.names == ["size", "kind", "y"])
        #expect(read.rows == [["4", "oak", "0"], ["7", "elm", "1"], ["5", "oak", "0"]])
        let words = lines == 1 ? "the first line is skipped" : "the first \(lines) lines are skipped"
        #expect(try CSVCells.remarks(above + Self.table).contains { $0.hasPrefix(words) })
    }

    @Test("a line with two of four fields is skipped")
    func narrow() throws {
        let rows = (0..<5).map { "\($0),oak,\($0 * $0),\($0 % 2)\n" }.joined()
        let read = try CSVCells.rows(Array("Source:,office\nsize,kind,cost,y\n\(rows)".utf8))
        #expect(read.names == ["size", "kind", "cost", "y"] && read.rows.count == 5)
    }

    @Test(
        "a header is not skipped",
        arguments: ["size,kind,y\n", "#size,kind,y\n", "size,kind\n", ",kind,y\n"]
    )
    func kept(_ header: String) throws {
        let text = header + "4,oak,0\n7,elm,1\n5,oak,0\n6,elm,1\n"
        let read = try CSVCells.rows(Array(text.utf8))
        #expect(read.rows.count == 4)
        #expect(try !CSVCells.remarks(text).contains { $0.contains("skipped") })
    }

    @Test("lines of errors count from the start of the file")
    func lines() {
        #expect(throws: CSVError.openQuote(line: 7)) {
            try CSVCells.rows(Array("Trees\n\n\(Self.table)\"6,elm,1\n".utf8))
        }
    }
}
