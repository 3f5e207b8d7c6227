import Testing

@testable import Tables

@Suite("Lines above a table")
struct PreambleCases {
    private func body(_ header: String = "len,wide,kind") -> String {
        CaseTable.text(header) { "\($0 % 9),\($0 * 3 % 7),\(["u", "v"][$0 % 2])" }
    }

    static let above = [
        "# made by a machine\n", "# made\n# second, with, commas\n", "#units: m, kg, s\n",
        "% made by a machine\n",
        "% made\n% second, with, commas\n", "// made by a machine\n", "\"# source: x, y\"\n",
        "Report of 2023\n",
        "Report of 2023\n\n", "Report of 2023,,\n", ",,\n", "\nReport\n\n\n",
        "Report of 2023\nNorth and South\n",
        "; made by a machine\n",
    ]

    @Test("are skipped, with a word", arguments: above)
    func skipped(_ lines: String) throws {
        let table = try CaseTable(lines + body())
        #expect(table.table.columns == ["len", "wide", "kind"])
        #expect(table.rows == 48)
        #expect(table.classes == ["u", "v"])
        #expect(lines == ",,\n" || table.says("skipped"))
    }

    @Test("may be metadata with fewer fields than the table", arguments: [3, 4, 5, 6])
    func metadata(_ width: Int) throws {
        let names = ["Sum", "Volt", "Amp", "Ohm", "Watt", "Kind"].suffix(width)
        let text =
            "Maker;Lab 4\nBegin;11/02/2022\nOperator;Kim\n"
            + CaseTable.text(names.joined(separator: ";")) { row in
                names.indices.map { "\(row * ($0 + 3) % 11)" }.joined(separator: ";")
            }
        let table = try CaseTable(text)
        #expect(table.table.columns == Array(names))
        #expect(table.rows == 48)
    }

    @Test("may be two lines of metadata above a header of three names")
    func shortMetadata() throws {
        let text =
            "Seller;Probe\nFrom;07/03/2023\n"
            + CaseTable.text("Rx;Clear;Worth") { "\($0);\($0 * 2);\($0 * 90)" }
        let table = try CaseTable(text)
        #expect(table.table.columns == ["Rx", "Clear", "Worth"])
        #expect(table.target == "Worth")
    }

    @Test("may be a line of Excel's with the separator", arguments: [";", ",", "\t", "|", ":"])
    func separatorLine(_ mark: String) throws {
        let table = body().replacing(",", with: mark)
        for line in ["sep=\(mark)\n", "\"sep=\(mark)\"\r\n", "\u{FEFF}sep=\(mark)\r\n", "SEP=\(mark)\n"] {
            #expect(try CaseTable(line + table).table.columns == ["len", "wide", "kind"])
        }
    }

    @Test("that only look like comments are a header", arguments: ["#id,len,kind", "# len,wide,kind"])
    func headerBehindSign(_ header: String) throws {
        let table = try CaseTable(
            CaseTable.text(header) { "\($0 * 7 % 40),\($0 * 3 % 7),\(["u", "v"][$0 % 2])" }
        )
        #expect(table.rows == 48)
        #expect(table.target == "kind")
    }
}

@Suite("Lines inside and below a table")
struct FooterCases {
    private func body(_ rows: Int = 48, end: String = "\n") -> String {
        CaseTable.text("len,wide,kind", rows: rows, end: end) { row in
            "\(row % 9),\(row * 3 % 7),\(["u", "v"][row % 2])"
        }
    }

    @Test(
        "that end a DOS file are no rows",
        arguments: ["\u{1A}", "\u{1A}\n", "\u{1A}\u{1A}", "\n\u{1A}", "\u{1A}\r\n", "\u{C}"]
    )
    func endMark(_ mark: String) throws {
        for end in ["\n", "\r\n"] {
            let table = try CaseTable(body(end: end) + mark)
            #expect(table.rows == 48)
            #expect(table.missing("len") == 0)
            #expect(!table.says("single field"))
        }
        #expect(try CaseTable(String(body().dropLast()) + mark).classes == ["u", "v"])
    }

    @Test(
        "are no rows if they have one field",
        arguments: ["Total: 48 rows\n", "Source: the office\nall rights\n"]
    )
    func footer(_ footer: String) throws {
        let table = try CaseTable(body() + footer)
        #expect(table.rows == 48)
        #expect(table.says("line 50", "left out") || table.says("lines", "left out"))
    }

    @Test("that a quote swallowed are named", arguments: ["feature", "target"])
    func swallowed(_ place: String) throws {
        let lines = CaseTable.text("t,title,kind", rows: 54) { row in
            let mark = row == 20 ? "\"" : ""
            let end = row == 38 ? "\"" : ""
            if place == "feature" { return "\(row % 4),\(mark)ipsum\(end),\(row % 2)" }
            return "\(row % 4),\(row % 3),\(mark)\(["u", "v"][row % 2])\(end)"
        }
        let table = try CaseTable(lines)
        #expect(table.rows == 36)
        #expect(table.warns("line 22", "19 lines"))
    }

    @Test("that are ragged are named, and few of them do no harm")
    func ragged() throws {
        let csv = CaseTable.text("len,wide,tall,kind", rows: 240) { row in
            switch row {
            case 100: "\(row % 9),3"
            case 170: "\(row % 9),3,4,u,9"
            default: "\(row % 9),\(row * 3 % 7),\(row % 5),\(["u", "v"][row % 2])"
            }
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 238)
        #expect(table.says("line 102", "fewer"))
        #expect(table.says("line 172", "more"))
    }

    @Test(
        "may end in a carriage return, or have form feeds",
        arguments: ["\r", "\r\n", "\u{C}\n", " \n", "\t\n"]
    )
    func lineEnds(_ end: String) throws {
        let table = try CaseTable(body(end: end))
        #expect(table.rows == 48)
        #expect(table.classes == ["u", "v"])
    }
}

@Suite("Columns without a usual separator")
struct SeparatorCases {
    @Test("are read if blanks separate them")
    func blanks() throws {
        let text = CaseTable.text(nil, rows: 50) { row in
            "   \(row).25\(row < 10 ? "     " : "    ")\(row * 7 % 10)   \(row % 2)"
        }
        let table = try CaseTable(text)
        #expect(table.table.columns == ["c0", "c1", "c2"])
        #expect(table.numbers("c0")?.prefix(2) == [0.25, 1.25])
        #expect(table.says("separated by blanks"))
    }

    @Test("may have names and quoted texts between blanks")
    func names() throws {
        let text = CaseTable.text("  mpg  gear  name", rows: 50) {
            "\($0 % 30 + 10)  \($0 % 4 + 2) \"car \($0 % 5)\""
        }
        let table = try CaseTable(text) { $0.target = "mpg" }
        #expect(table.categories("name")?.first == "car 0")
        #expect(table.numbers("gear")?.first == 2)
    }

    @Test("are not said to be one column that has no others", arguments: [":", "^", "::", "~", "   - "])
    func unknown(_ mark: String) throws {
        let text = CaseTable.text(["len", "wide", "kind"].joined(separator: mark)) { row in
            ["\(row % 9)", "\(row * 3 % 7)", ["u", "v"][row % 2]].joined(separator: mark)
        }
        do throws(TableError) {
            let columns = try CaseTable(text).table.columns
            #expect(columns.count == 3)
        } catch {
            #expect(error.description.contains("separator"))
        }
    }
}
