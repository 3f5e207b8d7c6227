import Testing

@testable import Tables

@Suite("A missing value")
struct MissingCases {
    static let marks = [
        "#NULL!", "#VALUE!", "#DIV/0!", "#REF!", "#NUM!", "#NAME?", "#N/A", "\\N", "NULL", "null", "NA",
        "n/a",
        "None", "nan", "NaN", "<NA>", "?", "-", "--", ".", "", "\t", "\t?", "? ", "\u{A0}", "\u{A0}NA",
    ]

    @Test("has a usual mark in a column of numbers", arguments: marks, [";", "|"])
    func mark(_ mark: String, _ separator: String) throws {
        let text = CaseTable.text("load|rooms|y", rows: 63) { row in
            "\(row % 7 == 0 ? mark : "\(row * 31)")|\(row % 4 + 1)|\(row * 31)"
        }
        let table = try CaseTable(text.replacing("|", with: separator))
        #expect(table.numbers("load")?.prefix(3) == [nil, 31, 62])
        #expect(table.missing("load") == 9)
        #expect(table.says("column \"load\" has 9 missing values"))
    }

    static let words = [
        "Unknown", "At-Large", "unbekannt", "n.d.", "k.A.", "N.A.", "Not Available", "missing", "(null)", "*",
        "..", "...", "\u{2014}", "\u{2013}", "??", "ND", "x", ":", "12-14",
    ]

    @Test("may be an odd word among many numbers, and is counted", arguments: words)
    func oddWord(_ word: String) throws {
        let csv = CaseTable.text("load,rooms,y", rows: 64) { row in
            "\(row % 8 == 3 ? word : "\(row * 29)"),\(row % 4 + 1),\(row * 29)"
        }
        let table = try CaseTable(csv)
        #expect(table.missing("load") == 8)
        #expect(table.numbers("load")?.first == 0)
        #expect(table.says("load", "8 cells", word))
    }

    @Test("may be a rare odd word in a long column", arguments: [200, 5_000])
    func rare(_ rows: Int) throws {
        let csv = CaseTable.text("load,rooms,y", rows: rows) { row in
            "\(row % 50 == 49 ? "Unknown" : "\(row * 3).5"),\(row % 4 + 1),\(row * 29)"
        }
        #expect(try CaseTable(csv).missing("load") == rows / 50)
    }

    @Test(
        "may be an odd word in many cells, if a person says so",
        arguments: ["**", "not asked", "see note"]
    )
    func frequent(_ word: String) throws {
        let csv = CaseTable.text("load,rooms,y", rows: 90) { row in
            "\(row % 5 < 2 ? word : "\(row * 29)"),\(row % 4 + 1),\(row * 29)"
        }
        #expect(try CaseTable(csv).warns("column \"load\"", "\"\(word)\"", "missing="))
        #expect(try CaseTable(csv) { $0.missingWords = [word] }.missing("load") == 36)
    }

    @Test(
        "in the target leaves the row out, also as an odd word",
        arguments: ["#DIV/0!", "\\N", "?", "Unknown"]
    )
    func target(_ mark: String) throws {
        let csv = CaseTable.text("load,rooms,worth", rows: 70) { row in
            "\(row % 6),\(row % 4 + 1),\(row % 10 == 4 ? mark : "\(row * 29)")"
        }
        let table = try CaseTable(csv)
        #expect(table.target == "worth")
        #expect(table.isRegression)
        #expect(table.rows == 63)
    }

    @Test("is not a category such as Namibia's code, unless a column of numbers has the same word")
    func category() throws {
        let plain = CaseTable.text("land,alley,n,y") { row in
            "\(["NA", "ZA", "BW"][row % 3]),\(["None", "Gravel"][row % 2]),\(row % 7),\(row * 3)"
        }
        let table = try CaseTable(plain)
        #expect(table.categories("land") == ["BW", "NA", "ZA"])
        #expect(table.categories("alley") == ["Gravel", "None"])
        #expect(table.says("land", "missing=NA"))
        #expect(table.says("alley", "missing=None"))
        let marked = CaseTable.text("land,n,y") { row in
            "\(["NA", "ZA", "BW"][row % 3]),\(row % 4 == 0 ? "NA" : "\(row)"),\(row * 3)"
        }
        let other = try CaseTable(marked)
        #expect(other.categories("land") == ["BW", "ZA"])
        #expect(other.missing("land") == 16)
        #expect(other.says("land", "\"NA\""))
    }

    @Test("is what a person says it is", arguments: ["None", "-999", "leer"])
    func setting(_ word: String) throws {
        let csv = CaseTable.text("alley,load,y", rows: 60) { row in
            "\(["None", "leer", "stone"][row % 3]),\(row % 5 == 0 ? -999 : row),\(row * 3)"
        }
        let table = try CaseTable(csv) { $0.missingWords = [word] }
        #expect(table.missing(word == "-999" ? "load" : "alley") == (word == "-999" ? 12 : 20))
    }
}
