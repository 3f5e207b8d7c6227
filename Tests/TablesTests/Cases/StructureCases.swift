import Testing

@testable import Tables

@Suite("An index without a name")
struct IndexCases {
    static let indices = [
        Writing("from 0") { "\($0)" },
        Writing("from 1") { "\($0 + 1)" },
        Writing("with gaps") { "\($0 * 3 + 5)" },
        Writing("shuffled") { "\($0 * 37 % 61)" },
        Writing("falling") { "\(60 - $0)" },
        Writing("quoted") { "\"\($0)\"" },
        Writing("of texts") { "row\($0)" },
    ]

    private func line(_ row: Int) -> String { "\(row % 2),\(row * 3 % 7),\(["u", "v"][row % 2])" }

    @Test("is left out in front", arguments: indices)
    func front(_ index: Writing) throws {
        let table = try CaseTable(
            CaseTable.text(",len,wide,kind", rows: 61) { "\(index.write($0)),\(line($0))" }
        )
        #expect(table.features == ["len", "wide"])
        #expect(table.target == "kind")
        #expect(table.says("Unnamed: 0", "left out"))
    }

    @Test("is left out at the end", arguments: indices)
    func end(_ index: Writing) throws {
        let table = try CaseTable(
            CaseTable.text("len,wide,kind,", rows: 61) { "\(line($0)),\(index.write($0))" }
        )
        #expect(table.features == ["len", "wide"])
        #expect(table.target == "kind")
    }

    @Test("is left out if the header has no field for it, as R writes", arguments: indices)
    func rowNames(_ index: Writing) throws {
        let csv = CaseTable.text("\"len\",\"wide\",\"kind\"", rows: 61) { "\(index.write($0)),\(line($0))" }
        let table = try CaseTable(csv)
        #expect(table.features == ["len", "wide"])
        #expect(table.rows == 61)
    }

    @Test(
        "is left out if pandas gave it a name",
        arguments: ["Unnamed: 0", "Unnamed: 0.1", "Unnamed: 0.1.1", "index", "Unnamed: 0.1,Unnamed: 0"]
    )
    func named(_ name: String) throws {
        let csv = CaseTable.text("\(name),len,wide,kind", rows: 61) { row in
            (name.contains(",") ? "\(row),\(row)," : "\(row),") + line(row)
        }
        #expect(try CaseTable(csv).features == ["len", "wide"])
    }
}

@Suite("Separators at the end of lines")
struct TrailingSeparatorCases {
    private func line(_ row: Int) -> String { "\(row % 2);\(row * 3 % 7);\(["u", "v"][row % 2])" }

    @Test("of all lines are no column", arguments: [";", ";;", "; "], [";", ","])
    func allLines(_ end: String, _ mark: String) throws {
        let text = CaseTable.text("len;wide;kind" + end) { line($0) + end }
        let table = try CaseTable(text.replacing(";", with: mark))
        #expect(table.features == ["len", "wide"])
        #expect(table.target == "kind")
    }

    @Test("of the rows only are no column", arguments: [";", "\t", ","])
    func rowsOnly(_ mark: String) throws {
        let text = CaseTable.text("len;wide;kind") { line($0) + ";" }
        let table = try CaseTable(text.replacing(";", with: mark))
        #expect(table.features == ["len", "wide"])
        #expect(table.rows == 48)
    }

    @Test("of the header only are no column")
    func headerOnly() throws {
        let table = try CaseTable(CaseTable.text("len;wide;kind;", line))
        #expect(table.features == ["len", "wide"])
        #expect(table.rows == 48)
    }
}

@Suite("Names of columns")
struct NameCases {
    @Test(
        "that are equal get numbers, as in pandas",
        arguments: [
            ("b,b,kind", ["b", "b.1", "kind"]), ("b,b,b,kind", ["b", "b.1", "b.2", "kind"]),
            ("b,b.1,b,kind", ["b", "b.1", "b.2", "kind"]), ("kind,b,kind", ["kind", "b", "kind.1"]),
        ]
    )
    func equal(_ header: String, _ names: [String]) throws {
        let csv = CaseTable.text(header, rows: 50) { row in
            names.indices.map { "\(row * ($0 + 3) % ($0 + 2))" }.joined(separator: ",")
        }
        let table = try CaseTable(csv) { $0.target = "kind" }
        #expect(table.table.columns == names)
        #expect(table.says("equal names"))
    }

    @Test(
        "are found without the signs beside them that nobody sees",
        arguments: [
            "\u{A0}verdict", "verdict\u{A0}", " verdict ", "verdict\t", "\"verdict\u{A0}\"",
            "\u{FEFF}verdict",
            "verdict\u{200B}", "\u{202F}verdict", "verdict\u{3000}",
        ]
    )
    func hidden(_ name: String) throws {
        let csv = CaseTable.text("phrase,\(name),b") { "p\($0 % 3),\($0 % 2),\($0 % 4)" }
        let table = try CaseTable(csv) { $0.target = "verdict" }
        #expect(table.target == "verdict")
        #expect(table.classes == ["0", "1"])
    }

    @Test("are found behind one or two byte order marks", arguments: ["\u{FEFF}", "\u{FEFF}\u{FEFF}"])
    func marks(_ mark: String) throws {
        let csv = mark + CaseTable.text("label,a,b") { "\(["u", "v"][$0 % 2]),\($0 % 3),\($0 % 4)" }
        #expect(try CaseTable(csv).target == "label")
    }
}
