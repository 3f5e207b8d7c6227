import Testing

@testable import Tables

@Suite("The task of a table")
struct TaskCases {
    @Test("is regression for different numbers, however few rows there are", arguments: [12, 15, 18, 24])
    func fewRows(_ rows: Int) throws {
        let csv = CaseTable.text("year,peru,chile", rows: rows) { row in
            "\(1990 + row),\(4_000 + row * 613 % 900),\(8_100 + row * 41)"
        }
        let table = try CaseTable(csv)
        #expect(table.target == "chile")
        #expect(table.targetNumbers.first == 8_100)
        #expect(!table.says("task=classification"))
    }

    @Test("is regression for whole numbers with one or two rows for each")
    func gap() throws {
        let csv = CaseTable.text("College,East,West,Lead", rows: 22) { row in
            "Saint \(row),\(50 + row * 2),\(80 + row * 5),\(7 + row * 5 % 19)"
        }
        let table = try CaseTable(csv)
        #expect(table.isRegression)
        #expect(!table.says("task=classification"))
    }

    @Test("is regression for amounts of time, or the setting that makes it so is said")
    func duration() throws {
        let csv = CaseTable.text("warmth,size,minutes", rows: 110) { row in
            "\(row % 6 + 12),\(row % 5 + 30),\(31 + row * 7 % 18)"
        }
        let table = try CaseTable(csv)
        #expect(table.isRegression || table.warns("task=regression"))
    }

    @Test("is classification for grades, with the setting for the other task")
    func grades() throws {
        let csv = CaseTable.text("a,b,stars", rows: 140) { "\($0 * 7 % 40),\($0 % 9),\($0 % 5 + 1)" }
        #expect(try CaseTable(csv).classes == ["1", "2", "3", "4", "5"])
        let wide = CaseTable.text("a,b,stars", rows: 140) { "\($0 * 7 % 40),\($0 % 9),\($0 % 7 + 1)" }
        let table = try CaseTable(wide)
        #expect(table.isRegression ? table.says("task=classification") : table.says("task=regression"))
    }

    @Test(
        "may be learnt from a date alone",
        arguments: ["2019-03-%", "%.03.2019", "03/%/2019", "% Mar 2019"]
    )
    func dateAndValue(_ form: String) throws {
        let csv = CaseTable.text("Day,Level", rows: 56) { row in
            "\(form.replacing("%", with: Writing.padded(row % 28 + 1))),\(300 + row * 3)"
        }
        let table = try CaseTable(csv)
        #expect(table.target == "Level")
        #expect(table.features.contains("Day_day"))
    }

    @Test("is refused with the reason if the only other column names the rows")
    func nameAndValue() throws {
        let csv = CaseTable.text("Sentence,Level", rows: 40) {
            "the text number \($0) is long,\(300 + $0 * 3)"
        }
        let error = try #require(CaseTable.error(csv))
        #expect(error.description.contains("Sentence"))
        #expect(error.description.contains("left out"))
    }
}

@Suite("The target of a table")
struct TargetCases {
    @Test("is refused with the reason if it is another text in each row")
    func unique() throws {
        let csv = CaseTable.text("len,wide,motto", rows: 54) { "\($0 * 7 % 31),\($0 % 9),motto\($0)" }
        let error = try #require(CaseTable.error(csv) { $0.target = "motto" })
        #expect(error == .uniqueTarget(target: "motto", rows: 54))
        #expect(error.description.contains("choose another target"))
        let guessed = try CaseTable(csv)
        #expect(guessed.target == "wide")
        #expect(guessed.says("motto", "left out"))
    }

    static let unfit = [
        Writing("a number of the row") { "\($0 + 1)" },
        Writing("a link") { "https://example.org/\($0)" },
        Writing("another text in each row") { "entry \($0)" },
        Writing("a date") { "2021-\(Writing.padded($0 % 12 + 1))-\(Writing.padded($0 % 28 + 1))" },
        Writing("nothing") { _ in "" },
        Writing("one text in all rows") { _ in "same" },
        Writing("an ID of letters") { "AX-\($0 * 7_919)" },
    ]

    @Test(
        "is not the last column if that cannot be learnt",
        arguments: unfit,
        ["id", "idx", "row_no", "ref", ""]
    )
    func lastColumn(_ writing: Writing, _ name: String) throws {
        let csv = CaseTable.text("sum,weekday,group,\(name)", rows: 96) { row in
            "\(row * -7 % 90),\(row % 7 + 1),\(["food", "rent", "fun"][row % 3]),\(writing.write(row))"
        }
        let table = try CaseTable(csv)
        if writing.testDescription == "a number of the row", name == "ref" { return }
        #expect(table.target == "group")
    }

    @Test("is not a place", arguments: ["longitude", "lon", "Lng", "LATITUDE", "zip", "start_lat"])
    func place(_ name: String) throws {
        let csv = CaseTable.text("depth,force,\(name)", rows: 72) { row in
            "\(row % 30),\(row % 50).5,\(row * 37 % 90).25"
        }
        #expect(try CaseTable(csv).target == "force")
    }

    @Test(
        "is found by its name in several languages",
        arguments: [
            "Klasse", "cible", "objetivo", "цель", "目标", "Price", "SalePrice", "Preis", "Outcome", "label",
        ]
    )
    func names(_ name: String) throws {
        let csv = CaseTable.text("\(name),b,c", rows: 100) { "\($0 * 7 % 3 + 1),\($0 % 9),\($0 % 6 + 3)" }
        #expect(try CaseTable(csv).target == name)
    }

    @Test("comes with a second choice only if that can be learnt")
    func secondChoice() throws {
        let csv = CaseTable.text("anthem,year,team", rows: 50) { "song \($0),\(1950 + $0),t\($0 % 5)" }
        let table = try CaseTable(csv)
        #expect(table.target == "team")
        #expect(!table.says("target=anthem"))
        let last = CaseTable.text("team,year,anthem", rows: 50) { "t\($0 % 5),\(1950 + $0),song \($0)" }
        let other = try CaseTable(last)
        #expect(!other.says("target=anthem"))
    }
}
