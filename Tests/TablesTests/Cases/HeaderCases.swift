import Testing

@testable import Tables

@Suite("A first line of names")
struct HeaderCases {
    @Test("may have numbers among words")
    func numbersAmongNames() throws {
        let csv = CaseTable.text("week,3310,3325,MeanCost", rows: 52) { row in
            "\(row % 53 + 1),\(200 + row * 37 % 700),\(150 + row * 91 % 800),\(row * 17 % 300).25"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 52)
        #expect(table.target == "MeanCost")
        #expect(table.isRegression)
        #expect(table.numbers("3310")?.prefix(2) == [200, 237])
        #expect(table.features.suffix(2) == ["3310", "3325"])
    }

    @Test("may have codes behind a word", arguments: [",", ";", "\t", "|"])
    func codes(_ mark: String) throws {
        let csv = CaseTable.text("grade,5010,5021,worth") { row in
            "g\(row % 5),\(row * 17 % 400),\(row * 23 % 500),\(row % 9).5"
        }
        let table = try CaseTable(csv.replacing(",", with: mark))
        #expect(table.features == ["grade", "5010", "5021"])
        #expect(table.categories("grade") == ["g0", "g1", "g2", "g3", "g4"])
    }

    @Test("may count from 0 behind one word")
    func countedBehindWord() throws {
        let tsv = CaseTable.text("club\t0\t1\t2", rows: 56) { row in
            "fc\(row % 7)\t0.\(row * 3 % 89 + 10)\t0.\(row * 7 % 83 + 10)\t0.\(row * 11 % 79 + 10)"
        }
        let table = try CaseTable(tsv)
        #expect(table.rows == 56)
        #expect(table.table.columns == ["club", "0", "1", "2"])
        #expect(table.categories("club")?.count == 7)
    }

    @Test(
        "may be numbers only, if they count from 0, from 1 or from a year on",
        arguments: ["0,1,2,3", "1,2,3,4", "2016,2017,2018,2019", ",0,1,2"]
    )
    func counted(_ header: String) throws {
        let csv = CaseTable.text(header, rows: 45) { row in
            let first = header.hasPrefix(",") ? "\(row)" : "0.\(row * 29 % 97 + 10)"
            return "\(first),0.\(row * 13 % 91 + 10),0.\(row * 7 % 83 + 10),0.\(row * 3 % 71 + 10)"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 45)
        #expect(table.target == header.split(separator: ",").last.map(String.init))
        #expect(table.says("the first line is the header"))
    }

    @Test("does not become a class of the target, or a category")
    func noClass() throws {
        let csv = CaseTable.text("town,1,2,3,grade", rows: 75) { row in
            "t\(row % 5),\(row % 2),\(row % 3),\(row % 4),\(row % 2 == 0 ? "good" : "poor")"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 75)
        #expect(table.classes == ["good", "poor"])
        #expect(table.categories("town") == ["t0", "t1", "t2", "t3", "t4"])
    }

    @Test("may have texts over texts, as far as each text comes again below")
    func textsOverTexts() throws {
        let csv = CaseTable.text("colour,shape,kind", rows: 90) { row in
            "\(["teal", "ruby"][row % 2]),\(["wide", "slim", "flat"][row % 3]),\(["p", "e"][row / 3 % 2])"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 90)
        #expect(table.classes == ["e", "p"])
    }

    @Test("is one if a model has these names, in any order", arguments: ["0,1,2", "2,0,1", "1,2,0"])
    func known(_ header: String) throws {
        let model = try CaseTable(
            CaseTable.text("0,1,2,3") { "\($0 % 9).5,\($0 % 8).25,\($0 % 7).75,\($0 * 3).5" }
        ) { $0.csv.hasHeader = true }
        let order = header.split(separator: ",").compactMap { Int($0) }
        let csv = CaseTable.text(header, rows: 33) { row in
            order.map { ["\(row % 9).5", "\(row % 8).25", "\(row % 7).75"][$0] }.joined(separator: ",")
        }
        let input = try model.input(csv)
        #expect(input.rows == 33)
        #expect(input.columns.map { $0[1] } == [1.5, 1.25, 1.75])
    }

    @Test("that comes again below is left out, with a word", arguments: [[12, 30], [1], [47]])
    func again(_ places: [Int]) throws {
        let header = "depth,width,worth"
        let csv = CaseTable.text(header, end: "\r\n") { row in
            places.contains(row) ? header : "\(row % 6),\(row * 3 % 11),\(row * 2)"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 48 - places.count)
        #expect(table.target == "worth")
        #expect(table.isRegression)
        #expect(table.says("line \(places[0] + 2)", "the header", "left out"))
    }
}

@Suite("A first line of data")
struct NoHeaderCases {
    @Test("is data if each of its cells comes again below")
    func mixed() throws {
        let csv = CaseTable.text(nil, rows: 96) { row in
            "\(["high", "tiny"][row % 2]),\(["4", "6", "8plus"][row % 3]),\(["wet", "dry"][row / 2 % 2]),"
                + "\(["yes", "no"][row / 3 % 2])"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 96)
        #expect(table.table.columns == ["c0", "c1", "c2", "c3"])
        #expect(table.categories("c1") == ["4", "6", "8plus"])
    }

    @Test("may have a missing value", arguments: ["?", "NA", "nan", ""])
    func gap(_ gap: String) throws {
        let csv = CaseTable.text(nil, rows: 90) { row in
            "\(["left", "right"][row % 2]),\(row % 3 == 0 ? gap : ["n", "y"][row / 3 % 2]),\(row * 7 % 31),"
                + "\(["oak", "elm"][row / 2 % 2])"
        }
        let table = try CaseTable(csv)
        #expect(table.rows == 90)
        #expect(table.table.columns == ["c0", "c1", "c2", "c3"])
        #expect(gap == "NA" ? table.categories("c1")?.count == 3 : table.missing("c1") == 30)
    }

    @Test("may have two equal cells", arguments: [",", ";"])
    func twins(_ mark: String) throws {
        let csv = CaseTable.text(nil, rows: 84) { row in
            "\(["west", "east"][row % 2]),\(["west", "east"][row / 2 % 2]),\(["3", "many"][row / 4 % 2]),"
                + "\(["keep", "drop"][row % 3 % 2])"
        }
        let table = try CaseTable(csv.replacing(",", with: mark))
        #expect(table.rows == 84)
        #expect(table.categories("c0") == ["east", "west"])
        #expect(table.categories("c1") == ["east", "west"])
    }

    @Test("is data if it has numbers over numbers")
    func numbers() throws {
        let csv = CaseTable.text(nil, rows: 60) { "\($0 * 7 % 11).5,\($0 * 3 % 13).1,\($0 % 2)" }
        let table = try CaseTable(csv)
        #expect(table.rows == 60)
        #expect(table.classes == ["0", "1"])
    }

    @Test("is data if it has a name of a row among names of rows")
    func names() throws {
        let csv = CaseTable.text(nil, rows: 60) { "Person\($0),\($0 % 9),\(["y", "n"][$0 % 2])" }
        #expect(try CaseTable(csv).rows == 60)
    }
}
