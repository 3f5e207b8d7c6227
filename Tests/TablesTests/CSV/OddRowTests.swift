import Testing

@testable import Tables

@Suite("Rows unlike the others")
struct OddRowTests {
    private func read(_ text: String) throws -> [[String]] {
        try CSVCells.rows(Array(text.utf8)).rows
    }

    /// A table of `rows` good rows with other lines in it; `lines[3]` comes before the row 3.
    private func table(_ rows: Int, _ lines: [Int: String]) -> String {
        "size,kind,y\n" + (0..<rows).map { (lines[$0] ?? "") + "\($0),oak,\($0 % 2)\n" }.joined()
    }

    @Test("a short row is filled with missing cells, and said with its line")
    func short() throws {
        let one = table(20, [4: "7,elm\n"])
        #expect(try read(one)[4] == ["7", "elm", ""])
        #expect(
            try CSVCells.remarks(one).contains(
                "line 6 has fewer than 3 fields: the other cells count as missing"
            )
        )
        let two = table(20, [4: "7,elm\n", 9: "8,elm\n"])
        #expect(
            try CSVCells.remarks(two).contains { $0.hasPrefix("2 lines, the first of them line 6, have") }
        )
        #expect(try read("a,b\n1,x\n2\n3,z\n") == [["1", "x"], ["2", ""], ["3", "z"]])
    }

    @Test("a row with too many fields is left out, and said with its line")
    func long() throws {
        let text = table(20, [4: "7,elm,1,9\n"])
        #expect(try read(text).count == 20)
        #expect(try CSVCells.remarks(text).contains("line 6 has more than 3 fields and is left out"))
    }

    @Test("more than one long row in twenty are refused with the line of the first")
    func tooLong() throws {
        let two = [4: "7,elm,1,9\n", 9: "7,elm,1,9,9\n"]
        #expect(throws: CSVError.raggedRow(line: 6, fields: 4, expected: 3)) { try read(table(39, two)) }
        #expect(try read(table(40, two)).count == 40)
    }

    @Test("a long row leaves nothing behind in the columns that it was read into")
    func longCells() throws {
        let text = table(40, [4: "many,vine,2,9\n"])
        let table = try TrainingTable(text, target: "y")
        #expect(table.column("size")?.odd == nil)
        #expect(table.categories("kind") == ["oak"])
        #expect(table.data.classes == ["0", "1"])
        #expect(table.says("line 6 has more than 3 fields"))
    }

    @Test("text behind a closing quote makes the quotes part of the cell, and is said with its line")
    func strays() throws {
        let text = table(20, [4: "7,\"elm\" tree,1\n", 9: "8,\"a \"\"b\"\"\"c \"d,0\n"])
        #expect(try read(text)[4] == ["7", "\"elm\" tree", "1"])
        #expect(try read(text)[10] == ["8", "\"a \"\"b\"\"\"c \"d", "0"])
        #expect(
            try CSVCells.remarks(text).contains {
                $0.hasPrefix("2 lines, the first of them line 6, have text after")
            }
        )
    }

    @Test("empty fields behind a row are ignored")
    func trailing() throws {
        let text = table(20, [4: "7,elm,1,\n", 9: "8,elm,0, ,\"\"\n"])
        #expect(try read(text).count == 22)
        #expect(try read(text)[4] == ["7", "elm", "1"])
        #expect(try !CSVCells.remarks(text).contains { $0.contains("fields") })
    }

    @Test("a line with a single field, such as a footer, is left out of a table of three columns")
    func lone() throws {
        let text = table(20, [:]) + "20 rows in total\n"
        #expect(try read(text).count == 20)
        #expect(try CSVCells.remarks(text).contains("line 22 has a single field and is left out"))
        #expect(try read("a,b\n1,x\n2,y\nend\n").last == ["end", ""])
    }

    @Test(
        "a last row that sums up the others is left out, and said",
        arguments: ["Total,,9\n", ",TOTAL,9\n", "Sum,oak\n", "\"total\",1,2,3\n", "Summe,1,2"]
    )
    func footer(_ row: String) throws {
        let text = table(20, [:]) + row
        #expect(try read(text).count == 20)
        #expect(try CSVCells.remarks(text).contains("line 22 sums up the rows and is left out"))
        #expect(try TrainingTable(text, target: "y").column("size")?.odd == nil)
    }

    @Test("a last row is no sum if its word also stands above, or is part of a text")
    func noFooter() throws {
        let twice = "kind,size\n" + (0..<20).map { "\($0 == 4 ? "total" : "oak"),\($0)\n" }.joined()
        #expect(try read(twice + "Total,9\n").count == 21)
        #expect(try read("kind,size\noak,1\nelm,2\ntotal loss,3\n").count == 3)
        #expect(try read("kind,size\noak,1\ntotal,2\nelm,3\n").count == 3)
    }

    @Test("rows that repeat the header are left out, and said", arguments: ["\n", "\r\n"])
    func headers(_ end: String) throws {
        let text = table(20, [4: "size,kind,y\n", 9: "size,kind,y\n"]).replacing("\n", with: end)
        #expect(try read(text).count == 20)
        #expect(
            try CSVCells.remarks(text).contains(
                "2 lines, the first of them line 6, repeat the header and are left out"
            )
        )
        #expect(try TrainingTable(text).column("size")?.kind == .number)
    }

    @Test("a header that blank lines follow is found again below", arguments: ["\n", " \n", "\n\t\n"])
    func headerBeforeBlanks(_ blanks: String) throws {
        let text = "size,kind,y\n\(blanks)4,oak,0\nsize,kind,y\n7,elm,1\n"
        #expect(try read(text) == [["4", "oak", "0"], ["7", "elm", "1"]])
    }

    @Test("a row that only begins like the header stays")
    func nearlyHeader() throws {
        let text = table(20, [2: "size,kind,yes\n"])
        #expect(try read(text)[2] == ["size", "kind", "yes"])
    }

    @Test("odd rows are the same for any size of chunks")
    func chunks() throws {
        let lines = [2: "7,elm\n", 5: "size,kind,y\n", 8: "note\n", 11: "1,elm,0,5\n"]
        let text = Array(table(40, lines).utf8)
        let whole = try CSVCells.rows(text).rows
        #expect(whole.count == 41)
        for size in [1, 7, 30, 100] { #expect(try CSVCells.rows(text, chunkSize: size).rows == whole) }
    }
}
