import Testing

@testable import Trainer

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
            "apostrophes are no quotes",
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
        Sample("a number among names", "country,2020\nPeru,5\n", ["country", "2020"], [["Peru", "5"]]),
    ]

    @Test("files as people write them are read", arguments: samples)
    func accepted(_ sample: Sample) throws {
        let read = try Texts.rows(Array(sample.csv.utf8))
        #expect(read.names == sample.names)
        #expect(read.rows == sample.rows)
    }

    @Test(
        "broken files are refused with the line",
        arguments: [
            ("", CSVError.empty), (" \n\n", .empty), ("a,b\n", .noRows),
            ("a,b\n1,2,3\n", .raggedRow(line: 2, fields: 3, expected: 2)),
            ("a,b\r\n1,x\r\n\"2\r\n3\",y\r\n4\r\n", .raggedRow(line: 5, fields: 1, expected: 2)),
            ("a,b\n1,\"x\n", .openQuote(line: 2)), ("a,b\n1,\"x\"y\n", .textAfterQuote(line: 2)),
            ("a,\n1,2\n", .emptyName(column: 2)), ("a,a\n1,2\n", .duplicateName("a")),
        ]
    )
    func refused(_ csv: String, _ error: CSVError) {
        #expect(throws: error) { try Texts.rows(Array(csv.utf8)) }
    }

    @Test("what a person says of a file wins over what it looks like")
    func overrides() throws {
        var options = CSVOptions()
        (options.separator, options.hasHeader) = (UInt8(ascii: "|"), true)
        let bars = try Texts.rows(Array("1,2|3\n4,5|6\n".utf8), options)
        #expect(bars.names == ["1,2", "3"])
        #expect(bars.rows == [["4,5", "6"]])
        options = CSVOptions()
        (options.quote, options.hasHeader) = (UInt8(ascii: "'"), false)
        let quotes = try Texts.rows(Array("a,'b,c'\n\"d,e\n".utf8), options)
        #expect(quotes.rows == [["a", "b,c"], ["\"d", "e"]])
        options = CSVOptions()
        options.hasDecimalComma = false
        #expect(throws: TrainingError.notANumber(line: 2, column: "a", token: "1,5")) {
            try Table("a;y\n1,5;u\n2,5;u\n1,5;v\n2,5;v\n", csv: options)
        }
    }

    @Test("any number of line ends is counted", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) {
        for lines in 0..<40 {
            let bytes = Array(String(repeating: "ab\(end)", count: lines).utf8)
            #expect(LineEnds.count(bytes.span, in: 0..<bytes.count) == lines)
            #expect(LineEnds.line(of: bytes.count, in: bytes.span) == lines + 1)
        }
    }

    @Test("a look at a file tells rows, columns and the target")
    func profile() throws {
        #expect(try CSVProfile(of: "a,Label,b\n1,x,2\n").target == "Label")
        #expect(try CSVProfile(of: "a,b\n1,x\n").target == "b")
        #expect(try CSVProfile(of: String(decoding: Fixture.iris, as: UTF8.self)).rows == 150)
        #expect(throws: CSVError.raggedRow(line: 3, fields: 1, expected: 2)) {
            try CSVProfile(of: "a,b\n1,x\n2\n")
        }
    }
}
