import Testing

@testable import Tables

@Suite("The classes of a target")
struct ClassCases {
    private func table(_ spellings: [String], rows: Int = 72, name: String = "verdict") throws -> CaseTable {
        try CaseTable(
            CaseTable.text("a,b,\(name)", rows: rows) { row in
                "\(row % 5),\(row * 3 % 7),\(spellings[row % spellings.count])"
            }
        )
    }

    @Test(
        "that differ in case are one class, and this is said",
        arguments: [
            ["Yes", "YES", "yes", "No", "no", "NO"], ["T", "t", "F", "f"], ["GRÜN", "grün", "ROT", "Rot"],
            ["ДА", "да", "НЕТ", "нет"], ["true", "True", "False", "false"],
        ]
    )
    func letters(_ spellings: [String]) throws {
        let table = try table(spellings)
        #expect(table.classes.count == 2)
        #expect(table.says("\"\(spellings[0])\"", "\"\(spellings[1])\"", "one class"))
    }

    @Test(
        "that differ in blanks outside of quotes are one class",
        arguments: [
            ["oui", "oui\t", "non", "\tnon"], ["oui", " oui", "non ", "non"], ["oui\u{A0}", "oui", "non"],
        ]
    )
    func blanks(_ spellings: [String]) throws {
        let table = try table(spellings)
        #expect(table.classes == ["non", "oui"])
    }

    @Test("that differ in the number of blanks between words are one class, and this is said")
    func inner() throws {
        let table = try table(["New York", "New  York", "Rome", "Rome"])
        #expect(table.classes.count == 2)
        #expect(table.says("\"New York\"", "one class"))
    }

    @Test(
        "that differ in blanks inside of quotes are one class or several, and this is said",
        arguments: [
            ["\"oui\"", "\"oui \"", "\"non\"", "\" non\""],
            ["\"oui\"", "\"oui\u{A0}\"", "\"non\"", "\"non\t\""],
        ]
    )
    func quotedBlanks(_ spellings: [String]) throws {
        let table = try table(spellings, name: "label")
        #expect(table.says("spaces") || table.says("blanks") || table.says("one class"))
    }

    @Test(
        "that are the same number are one class, and this is said",
        arguments: [["1", "1.0", "0", "0.0"], ["2", "2.00", "5", "5.0"], ["-1", "-1.0", "1", "+1"]]
    )
    func numbers(_ spellings: [String]) throws {
        let table = try table(spellings)
        #expect(table.classes == [spellings[0], spellings[2]].sorted())
        #expect(table.says("\"\(spellings[0])\"", "\"\(spellings[1])\"", "one class"))
    }

    @Test(
        "may be None, NA or null, and the setting that turns it is said",
        arguments: ["None", "NA", "null", "none", "NULL"]
    )
    func words(_ word: String) throws {
        let three = try table([word, "Mild", "Severe"])
        #expect(three.rows == 72)
        #expect(three.classes.count == 3)
        #expect(three.classes.contains(word))
        #expect(three.says("\"\(word)\"", "missing=\(word)"))
        let two = try table([word, "Severe"])
        #expect(two.rows == 72)
        #expect(two.classes.count == 2)
    }

    @Test("are left out if a person says that they are missing")
    func missing() throws {
        let csv = CaseTable.text("a,b,verdict", rows: 60) { row in
            "\(row % 5),\(row * 3 % 7),\(["None", "Mild", "Severe"][row % 3])"
        }
        let table = try CaseTable(csv) { $0.missingWords = ["None"] }
        #expect(table.rows == 40)
        #expect(table.warns("20 rows without a target", "None") || table.warns("20 rows without a target"))
    }

    @Test("with a single row are named")
    func single() throws {
        let csv = CaseTable.text("a,b,verdict", rows: 60) { row in
            "\(row % 5),\(row * 3 % 7),\(row == 7 ? "odd" : ["p", "q"][row % 2])"
        }
        #expect(try CaseTable(csv).warns("one row", "\"odd\""))
    }
}
