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
        Sample("spaces around", "a , b\n 1 , \"x\" \n", ["a", "b"], [["1", "x"]]),
        Sample("spaces in quotes", "a,b\n1,\" x \"\n", ["a", "b"], [["1", " x "]]),
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
            ("", CSVError.empty), (" \n\n", .empty), ("a,b\n", .noRows),
            ("a,b\n1,2,3\n", .raggedRow(line: 2, fields: 3, expected: 2)),
            ("a,b\r\n1,x\r\n\"2\r\n3\",y\r\n4\r\n", .raggedRow(line: 5, fields: 1, expected: 2)),
            ("a,b\n1,\"x\n", .openQuote(line: 2)), ("a,b\n1,\"x\"y\n", .textAfterQuote(line: 2)),
            ("a,\n1,2\n", .emptyName(column: 2)), ("a,a\n1,2\n", .duplicateName("a")),
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
        options = CSVOptions()
        options.hasDecimalComma = false
        #expect(throws: TableError.notANumber(line: 2, column: "a", token: "1,5")) {
            try TrainingTable("a;y\n1,5;u\n2,5;u\n1,5;v\n2,5;v\n", csv: options)
        }
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

    @Test("the decisions say whether the first line is the header")
    func header() throws {
        #expect(try TrainingTable("a,y\n1,p\n2,q\n").decisions.contains("the first line is the header"))
        let bare = try TrainingTable("1,p\n2,q\n3,p\n")
        #expect(bare.decisions.contains { $0.hasPrefix("there is no header") })
    }

    @Test("a file that is not UTF-8 is refused with its format or first wrong byte")
    func encodings() {
        let text = "a,y\n1,p\n2,q\n"
        for order in [UTF16Order.little, .big] {
            #expect(throws: CSVError.utf16) { try CSVCells.rows(order.bytes(of: text)) }
            #expect(throws: CSVError.utf16) { try CSVCells.rows(order.bytes(of: "\u{FEFF}" + text)) }
        }
        #expect(throws: CSVError.gzip) { try CSVCells.rows([0x1F, 0x8B, 8, 0] + Array(text.utf8)) }
        #expect(throws: CSVError.zip) { try CSVCells.rows(Array("PK\u{3}\u{4}\(text)".utf8)) }
        #expect(throws: CSVError.notUTF8(line: 1, byte: 0xF6)) {
            try CSVCells.rows([0xF6, 0x2C] + Array(text.utf8))
        }
    }

    @Test("labels in Latin-1 are refused, because different ones would decode to the same string")
    func latin1() {
        let csv = Array("a,y\n1,p\n2,s".utf8) + [0xF6] + Array("\n3,s".utf8) + [0xE4] + Array("\n".utf8)
        #expect(throws: TableError.csv(.notUTF8(line: 3, byte: 0xF6))) {
            try TrainingTable(csv.span, threads: 1)
        }
    }

    @Test("line ends are counted exactly for 0 to 39 lines", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) {
        for lines in 0..<40 {
            let bytes = Array(String(repeating: "ab\(end)", count: lines).utf8)
            #expect(LineEnds.count(bytes.span, in: 0..<bytes.count) == lines)
            #expect(LineEnds.line(of: bytes.count, in: bytes.span) == lines + 1)
        }
    }

    @Test("a profile has the number of rows and the default target")
    func profile() throws {
        #expect(try CSVProfile(of: "a,Label,b\n1,x,2\n").target == "Label")
        #expect(try CSVProfile(of: "a,b\n1,x\n").target == "b")
        let rows = (0..<150).map { "\($0),\($0 % 3)\n" }
        #expect(try CSVProfile(of: "a,b\n" + rows.joined()).rows == 150)
        #expect(throws: CSVError.raggedRow(line: 3, fields: 1, expected: 2)) {
            try CSVProfile(of: "a,b\n1,x\n2\n")
        }
    }
}

/// The byte order of UTF-16.
private enum UTF16Order {
    case little, big

    func bytes(of text: String) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
            return self == .little ? bytes : bytes.reversed()
        }
    }
}
