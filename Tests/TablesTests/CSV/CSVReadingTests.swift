import Testing

@testable import Tables

@Suite("CSV files")
struct CSVReadingTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let csv: String
        let names: [String]
        let rows: [[String]]

        init(_ name: String, _ csv: String, _ names: [String], _ rows: [[String]]) {
            (testDescription, self.csv, self.names, self.rows) = (name, csv, names, rows)
        }
    }

    static let samples = [
        Sample("plain", "a,b\n1,x\n2,y\n", ["a", "b"], [["1", "x"], ["2", "y"]]),
        Sample("byte order mark and CR LF", "\u{FEFF}a,b\r\n1,x\r\n", ["a", "b"], [["1", "x"]]),
        Sample("CR alone", "a,b\r1,x\r2,y", ["a", "b"], [["1", "x"], ["2", "y"]]),
        Sample("no final newline", "a,b\n1,x", ["a", "b"], [["1", "x"]]),
        Sample("blank lines", "\n  \na,b\n\n1,x\n\n\n", ["a", "b"], [["1", "x"]]),
        Sample("quoted separator", "a,\"b,c\"\n1,x\n", ["a", "b,c"], [["1", "x"]]),
        Sample("doubled quotes", "a,b\n1,\"say \"\"hi\"\"\"\n", ["a", "b"], [["1", "say \"hi\""]]),
        Sample("newline in quotes", "a,b\n2,\"two\nlines\"\n", ["a", "b"], [["2", "two\nlines"]]),
        Sample(
            "single quotes",
            "'a','b'\n1,'x,y'\n2,'it''s'\n",
            ["a", "b"],
            [["1", "x,y"], ["2", "it's"]]
        ),
        Sample(
            "apostrophes are not quotes",
            "a,b\n1,'tis\n2,it's\n",
            ["a", "b"],
            [["1", "'tis"], ["2", "it's"]]
        ),
        Sample("semicolons", "a;b\n1,5;x\n2,5;y\n", ["a", "b"], [["1,5", "x"], ["2,5", "y"]]),
        Sample(
            "semicolons and as many commas",
            "1,5;2,5\n3,5;4,5\n",
            ["c0", "c1"],
            [["1,5", "2,5"], ["3,5", "4,5"]]
        ),
        Sample("tabs", "a\tb\n1\tx\n", ["a", "b"], [["1", "x"]]),
        Sample("bars", "a|b\n1|x\n", ["a", "b"], [["1", "x"]]),
        Sample("carets", "a^b\n1^x,y\n", ["a", "b"], [["1", "x,y"]]),
        Sample("Control-A", "a\u{1}b\n1\u{1}x\n", ["a", "b"], [["1", "x"]]),
        Sample("spaces around", "a , b\n 1 , \"x\" \n", ["a", "b"], [["1", "x"]]),
        Sample("spaces in quotes", "a,b\n1,\" x \"\n", ["a", "b"], [["1", "x"]]),
        Sample("blanks only in quotes", "a,b\n1,\" \t\"\n", ["a", "b"], [["1", ""]]),
        Sample("tabs and no-break spaces", "a ,\u{A0}b\n\t1,\u{A0}x\t\n", ["a", "b"], [["1", "x"]]),
        Sample(
            "end mark behind a quote",
            "a,b\n1,x\n2,\"y\" \u{1A}",
            ["a", "b"],
            [["1", "x"], ["2", "y"]]
        ),
        Sample("form feed", "a,b\n1,x\n\u{C}2,y\u{C}\n", ["a", "b"], [["1", "x"], ["2", "y"]]),
        Sample("end mark of DOS", "a,b\n1,x\n2,y\n\u{1A}", ["a", "b"], [["1", "x"], ["2", "y"]]),
        Sample(
            "end mark of DOS in the last row",
            "a,b\n1,x\n2,y\u{1A}\n",
            ["a", "b"],
            [["1", "x"], ["2", "y"]]
        ),
        Sample("empty last field", "a,b\n1,", ["a", "b"], [["1", ""]]),
        Sample("one column", "a\n1\n2\n", ["a"], [["1"], ["2"]]),
        Sample("no header", "1,2\n3,4\n", ["c0", "c1"], [["1", "2"], ["3", "4"]]),
        Sample("no header, texts that recur", "1,x\n2,x\n", ["c0", "c1"], [["1", "x"], ["2", "x"]]),
        Sample(
            "no header, texts that never recur",
            "ann,1.5\nbob,2\n",
            ["c0", "c1"],
            [["ann", "1.5"], ["bob", "2"]]
        ),
        Sample("an index without a name", "i,a\n0,x\n1,y\n", ["i", "a"], [["0", "x"], ["1", "y"]]),
        Sample("a year among names", "country,2020\nPeru,5\n", ["country", "2020"], [["Peru", "5"]]),
    ]

    @Test("common notations of CSV files are read", arguments: samples)
    func accepted(_ sample: Sample) throws {
        let read = try CSVCells.rows(Array(sample.csv.utf8))
        #expect(read.names == sample.names)
        #expect(read.rows == sample.rows)
    }

    @Test(
        "a malformed file is refused with the number of the line",
        arguments: [
            ("", CSVError.empty), (" \n\n", .empty), ("\u{1A}\n", .empty), ("a,b\n", .noRows),
            ("a,b\n1,\"x\n", .openQuote(line: 2)),
        ]
    )
    func refused(_ csv: String, _ error: CSVError) {
        #expect(throws: error) { try CSVCells.rows(Array(csv.utf8)) }
    }

    @Test("options override what the reader detects")
    func overrides() throws {
        var options = CSVOptions()
        (options.separator, options.hasHeader) = (UInt8(ascii: "|"), true)
        let bars = try CSVCells.rows(Array("1,2|3\n4,5|6\n".utf8), options)
        #expect(bars.names == ["1,2", "3"])
        #expect(bars.rows == [["4,5", "6"]])
        options = CSVOptions()
        (options.quote, options.hasHeader) = (UInt8(ascii: "'"), false)
        let quotes = try CSVCells.rows(Array("a,'b,c'\n\"d,e\n".utf8), options)
        #expect(quotes.rows == [["a", "b,c"], ["\"d", "e"]])
    }

    @Test("blanks separate fields if nothing else does and most cells are numbers")
    func blanks() throws {
        let text = (1...6).map { "  \($0).5    \($0 * 7)  -\($0) \n" }.joined()
        let read = try CSVCells.rows(Array(text.utf8))
        #expect(read.names == ["c0", "c1", "c2"])
        #expect(read.rows.first == ["1.5", "7", "-1"])
        #expect(try CSVCells.remarks(text).contains("fields are separated by blanks"))
        let words = try CSVCells.rows(Array("title\na red fox\nan old hen\n".utf8))
        #expect(words.names == ["title"])
    }

    @Test(
        "a line end or a quote is no separator, and a sign like a byte order mark is none",
        arguments: ["\n", "\""]
    )
    func noOpening(_ sign: String) {
        let bytes = Array("sep=\(sign)\na,b\n1,2\n".utf8)
        let opening = CSVOpening(bytes.span)
        #expect(opening.separator == nil && opening.end == 0)
        let other: [UInt8] = [0xEF, 0x9B, 0x9F] + Array("a,b\n1,2\n".utf8)
        #expect(CSVOpening(other.span).end == 0)
    }

    @Test("the first line of Excel names the separator", arguments: ["sep=;", "\u{FEFF}sep=;", "\"sep=;\""])
    func excel(_ line: String) throws {
        let read = try CSVCells.rows(Array("\(line)\r\nsize;kind\r\n4,5;oak\r\n".utf8))
        #expect(read.names == ["size", "kind"])
        #expect(read.rows == [["4,5", "oak"]])
        let bar = try CSVCells.rows(Array("sep=|\na|b,c,d\n1|2,3,4\n".utf8))
        #expect(bar.names == ["a", "b,c,d"])
    }

    @Test("a cell in quotes that has rows of the table gives a warning with its line")
    func swallowed() throws {
        let rows = (0..<30).map { "\($0 % 7),\($0 == 9 ? "\"" : "")w\($0 % 3),\($0 % 2)\n" }
        let text = "a,b,y\n" + rows[..<20].joined() + "4,w\",1\n" + rows[20...].joined()
        let table = try TrainingTable(text)
        #expect(table.warnings.contains { $0.contains("line 11, column \"b\", spans 12 lines") })
        let lines = try TrainingTable("a,y\n" + (0..<20).map { "\"one\ntwo\($0 % 3)\",\($0 % 2)\n" }.joined())
        #expect(!lines.says("spans"))
    }

    @Test(
        "a separator that occurs once in each line loses to one that gives more fields",
        arguments: "|;\t"
    )
    func oneMore(_ mark: Character) throws {
        let read = try CSVCells.rows(Array("a\(mark)b,c,d\n1\(mark)2,x,y\n3\(mark)4,z,x\n".utf8))
        #expect(read.names == ["a\(mark)b", "c", "d"])
        #expect(read.rows == [["1\(mark)2", "x", "y"], ["3\(mark)4", "z", "x"]])
    }

    @Test("line ends are counted exactly for 0 to 39 lines", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) {
        for lines in 0..<40 {
            let bytes = Array(String(repeating: "ab\(end)", count: lines).utf8)
            #expect(LineEnds.count(bytes.span, in: 0..<bytes.count) == lines)
            #expect(LineEnds.line(of: bytes.count, in: bytes.span) == lines + 1)
        }
    }
}
