import Testing

@testable import Tables

@Suite("Thousands and decimals")
struct ThousandsCases {
    @Test("of a target are never taken for each other", arguments: ["\t", ";", "|"])
    func target(_ mark: String) throws {
        let text = CaseTable.text("key|load|Count", rows: 64) { row in
            "\(row + 1)|\(row * 13 % 101)|\(Writing.grouped(row * 130, ","))"
        }
        let table = try CaseTable(text.replacing("|", with: mark))
        #expect(table.isRegression)
        #expect(table.targetNumbers == CaseTable.column(64) { $0 * 130 }.map { Double($0 ?? 0) })
        #expect(table.says("target", "thousands with commas"))
    }

    static let marks = [
        Writing("commas") { "\"\(Writing.grouped($0, ","))\"" },
        Writing("points beside a decimal comma") { Writing.grouped($0, ".") },
        Writing("apostrophes") { Writing.grouped($0, "'") },
        Writing("typographic apostrophes") { Writing.grouped($0, "\u{2019}") },
        Writing("blanks") { Writing.grouped($0, " ") },
        Writing("no-break spaces") { Writing.grouped($0, "\u{A0}") },
        Writing("narrow no-break spaces") { Writing.grouped($0, "\u{202F}") },
        Writing("thin spaces") { Writing.grouped($0, "\u{2009}") },
    ]

    @Test("of a feature are read as they are meant", arguments: marks)
    func feature(_ writing: Writing) throws {
        let text = CaseTable.text("km;share;y", rows: 56) { row in
            "\(writing.write(row * 43));\(row % 9),5;\(row * 43)"
        }
        let table = try CaseTable(
            writing.testDescription == "commas" ? text.replacing(",5;", with: ".5;") : text
        )
        #expect(table.numbers("km") == CaseTable.column(56) { $0 * 43 })
        #expect(table.says("km", "thousands"))
    }

    @Test("of a sorted column are found where they begin", arguments: marks)
    func sorted(_ writing: Writing) throws {
        let text = CaseTable.text("plot;share;y", rows: 700) { row in
            "\(writing.write(row * 3));\(row % 9),5;\(row * 9 % 801)"
        }
        let table = try CaseTable(
            writing.testDescription == "commas" ? text.replacing(",5;", with: ".5;") : text
        )
        #expect(table.numbers("plot") == CaseTable.column(700) { $0 * 3 })
    }

    @Test("may be millions, billions and lakhs")
    func large() throws {
        let millions = CaseTable.text("folk\tpart\ty", rows: 320) { row in
            "\(Writing.grouped(row * 4_300, ","))\t\(row % 7)\t\(row * 43)"
        }
        #expect(try CaseTable(millions).numbers("folk") == CaseTable.column(320) { $0 * 4_300 })
        let billions = CaseTable.text("folk,part,y") { row in
            "\"\(Writing.grouped(row * 43_000_000, ","))\",\(row % 7),\(row * 43)"
        }
        #expect(try CaseTable(billions).numbers("folk") == CaseTable.column(48) { $0 * 43_000_000 })
        let lakhs = CaseTable.text("cost,bhk,y") { row in
            "\"₹\(row % 90 + 10),50,000\",\(row % 4),\(row * 3)"
        }
        #expect(try CaseTable(lakhs).numbers("cost")?.first == 1_050_000)
    }

    @Test("of three places stay decimals beside plain numbers above 999", arguments: ["|", "\t", ";"])
    func threePlaces(_ mark: String) throws {
        let text = CaseTable.text("land|age|folk", rows: 54) { row in
            "l\(row % 6)|\(40 + row % 30),\(200 + row)|\(5_120_400 + row * 700)"
        }
        let table = try CaseTable(text.replacing("|", with: mark))
        #expect(table.numbers("age")?.first == 40.2)
        #expect(table.targetNumbers.first == 5_120_400)
    }

    @Test(
        "that cannot be told apart are named, with the settings that tell",
        arguments: ["feature", "target"]
    )
    func unclear(_ place: String) throws {
        let text = CaseTable.text("w;b;y") { "\($0 % 9 + 1),\($0 * 37 % 900 + 100);\($0 % 5);\($0 % 2)" }
        guard place == "feature" else {
            let error = try #require(CaseTable.error(text) { $0.target = "w" })
            #expect(error.description.contains("1,100"))
            #expect(error.description.contains("thousands=comma"))
            return
        }
        let table = try CaseTable(text)
        #expect(!table.features.contains("w"))
        #expect(table.warns("column \"w\"", "\"1,100\"", "thousands=comma"))
        #expect(try CaseTable(text) { $0.thousands = .comma }.numbers("w")?.first == 1_100)
        let decimals = try CaseTable(text) { options in
            options.thousands = Thousands.none
            options.csv.hasDecimalComma = true
        }
        #expect(decimals.numbers("w")?.first == 1.1)
    }

    @Test("of a new table are the model's numbers, however that table writes them", arguments: marks)
    func prediction(_ writing: Writing) throws {
        let model = try CaseTable(CaseTable.text("load;part;y") { "\($0 * 170);\($0 % 6);\($0 * 2)" })
        let plain = try model.input(CaseTable.text("load;part", rows: 24) { "\($0 * 170);\($0 % 6)" })
        let text = CaseTable.text("load;part;share", rows: 24) { row in
            "\(writing.write(row * 170));\(row % 6);\(row),5"
        }
        do throws(TableError) {
            let other = try model.input(
                writing.testDescription == "commas" ? text.replacing(",5\n", with: ".5\n") : text
            )
            #expect(other.columns == plain.columns)
        } catch {
            #expect(error.description.contains("load"))
        }
    }
}

@Suite("A target of numbers")
struct NumericTargetCases {
    static let writings = [
        Writing("percent") { "\($0 % 32)%" },
        Writing("percent with a blank and decimals") { "\($0 % 32).5 %" },
        Writing("thousands and decimals") { "\"\(Writing.grouped($0 % 70 * 41, ",")).5\"" },
        Writing("pounds") { "\"£\(Writing.grouped($0 % 70 * 41, ","))\"" },
        Writing("euros behind") { "\($0 % 70 * 41) €" },
        Writing("kilometres") { "\($0 % 70 * 41) km" },
        Writing("a unicode minus") { "\u{2212}\($0 % 70 * 41)" },
        Writing("footnotes") { "\($0 % 70 * 41)\(["", "*"][$0 % 2])" },
    ]

    @Test("is regression, in whatever notation", arguments: writings)
    func regression(_ writing: Writing) throws {
        let csv = CaseTable.text("len,part,share", rows: 192) {
            "\($0 % 32),\($0 * 7 % 10),\(writing.write($0))"
        }
        let table = try CaseTable(csv)
        #expect(table.target == "share")
        #expect(table.isRegression)
        #expect(table.rows == 192)
    }

    @Test("may be another one in each row", arguments: writings.prefix(2) + writings.suffix(3))
    func unique(_ writing: Writing) throws {
        let csv = CaseTable.text("len,part,y", rows: 30) { "\($0),\($0 % 3),\(writing.write($0 * 3))" }
        #expect(try CaseTable(csv).targetNumbers.count == 30)
    }
}
