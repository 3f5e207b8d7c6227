import Testing

@testable import Trainer

@Suite("CSV tables")
struct CSVTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let csv: String
        let columns: [String]
        let cells: [[String]]
    }

    static let samples = [
        Sample(
            testDescription: "plain",
            csv: "a,b\n1,x\n2,y\n",
            columns: ["a", "b"],
            cells: [["1", "x"], ["2", "y"]]
        ),
        Sample(
            testDescription: "BOM and CRLF",
            csv: "\u{FEFF}a,b\r\n1,x\r\n",
            columns: ["a", "b"],
            cells: [["1", "x"]]
        ),
        Sample(
            testDescription: "CR alone",
            csv: "a,b\r1,x\r2,y",
            columns: ["a", "b"],
            cells: [["1", "x"], ["2", "y"]]
        ),
        Sample(
            testDescription: "no final newline",
            csv: "a,b\n1,x",
            columns: ["a", "b"],
            cells: [["1", "x"]]
        ),
        Sample(
            testDescription: "blank lines",
            csv: "\n\na,b\n1,x\n\n\n",
            columns: ["a", "b"],
            cells: [["1", "x"]]
        ),
        Sample(
            testDescription: "quotes",
            csv: "a,\"b,c\"\n1,\"say \"\"hi\"\"\"\n2,\"two\nlines\"\n",
            columns: ["a", "b,c"],
            cells: [["1", "say \"hi\""], ["2", "two\nlines"]]
        ),
        Sample(
            testDescription: "semicolons",
            csv: "a;b\n1,5;x\n2,5;y\n",
            columns: ["a", "b"],
            cells: [["1,5", "x"], ["2,5", "y"]]
        ),
        Sample(testDescription: "tabs", csv: "a\tb\n1\tx\n", columns: ["a", "b"], cells: [["1", "x"]]),
        Sample(testDescription: "bars", csv: "a|b\n1|x\n", columns: ["a", "b"], cells: [["1", "x"]]),
        Sample(
            testDescription: "no header",
            csv: "1,2\n3,4\n",
            columns: ["c0", "c1"],
            cells: [["1", "2"], ["3", "4"]]
        ),
        Sample(
            testDescription: "spaces around",
            csv: "a , b\n 1 , x \n",
            columns: ["a", "b"],
            cells: [["1", "x"]]
        ),
        Sample(
            testDescription: "empty last field",
            csv: "a,b\n1,",
            columns: ["a", "b"],
            cells: [["1", ""]]
        ),
    ]

    @Test("tables as people write them are read", arguments: samples)
    func accepted(_ sample: Sample) throws {
        let bytes = Array(sample.csv.utf8)
        let table = try CSVTable(bytes.span)
        #expect(table.columns == sample.columns)
        let cells = (0..<table.rows).map { row in
            table.columns.indices.map { table.text(bytes.span, row: row, column: $0) }
        }
        #expect(cells == sample.cells)
    }

    @Test(
        "broken tables are refused with the line",
        arguments: [
            ("", CSVError.empty), ("a,b\n", .noRows),
            ("a,b\n1,2,3\n", .raggedRow(line: 2, fields: 3, expected: 2)),
            ("a,b\n1,x\n\"2\n3\",y\n4\n", .raggedRow(line: 5, fields: 1, expected: 2)),
            ("a,b\n1,\"x\n", .openQuote(line: 2)), ("a,\n1,2\n", .emptyName(column: 2)),
            ("a,a\n1,2\n", .duplicateName("a")),
            ("150,4,setosa,versicolor\n5.1,3.5,1.4,0.2,0\n", .raggedRow(line: 2, fields: 5, expected: 4)),
        ]
    )
    func refused(_ csv: String, _ error: CSVError) {
        #expect(throws: error) { try CSVTable(bytes: Array(csv.utf8)) }
    }

    @Test(
        "numbers are the doubles nearest to what is written",
        arguments: [
            "0", "-0.5", "5.1", "1e-7", "123456789012345678", "0.1", "1.7976931348623157e308", "+3", "7.",
            ".5",
        ]
    )
    func decimals(_ text: String) throws {
        let bytes = Array(text.utf8)
        let cell = CSVTable.Cell(start: 0, end: bytes.count)
        let value = Decimal.parse(bytes.span, cell, CSVDialect(separator: 44))
        #expect(value == Double(text.hasSuffix(".") ? text + "0" : text.hasPrefix(".") ? "0" + text : text))
    }

    @Test(
        "what is no number is none",
        arguments: ["", "-", ".", "1_000", "0x10", "inf", "nan", "1 2", "2026-11-24", "1e"]
    )
    func notDecimals(_ text: String) {
        let bytes = Array(text.utf8)
        let cell = CSVTable.Cell(start: 0, end: bytes.count)
        #expect(Decimal.parse(bytes.span, cell, CSVDialect(separator: 44)) == nil)
    }

    @Test("the target is guessed by its name, else it is the last column")
    func target() throws {
        #expect(try CSVProfile(of: "a,Label,b\n1,x,2\n").target == "Label")
        #expect(try CSVProfile(of: "a,b\n1,x\n").target == "b")
        #expect(try CSVProfile(of: String(decoding: Fixture.iris, as: UTF8.self)).rows == 150)
    }
}
