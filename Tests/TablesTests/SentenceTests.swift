import Testing

@testable import Tables

@Suite("Sentences about a table")
struct SentenceTests {
    @Test("a long list has its first ten names and the number of the others")
    func list() {
        #expect(["oak", "ash"].quoted == "\"oak\", \"ash\"")
        #expect((0..<12).map { "t\($0)" }.quoted.hasSuffix("\"t9\" and 2 more"))
        #expect([String]().quoted == "")
    }

    @Test("a list has at most 120 characters, a name in it at most 40, and one alone at most 80")
    func long() {
        let names = (0..<30).map { String(repeating: "leaf", count: 4) + "\($0)" }
        #expect(names.quoted.hasSuffix("and 25 more"))
        #expect(names.quoted.count < 140)
        let name = String(repeating: "wood", count: 30)
        #expect(name.quotedName.count == 82 && name.quotedName.hasSuffix("…\""))
        #expect([name, name, name, name].quoted.hasSuffix(" and 2 more"))
        #expect("two\nlines".quotedName == "\"two lines\"")
    }

    @Test("a long sentence is cut before the setting at its end")
    func line() {
        let sentence = String(repeating: "the oak is tall ", count: 20) + "; say ignore=oak"
        #expect(sentence.asLine.count == 200)
        #expect(sentence.asLine.hasSuffix("…; say ignore=oak"))
        #expect(String(repeating: "a", count: 201).asLine.count == 200)
        #expect("short".asLine == "short")
    }

    @Test("no line is longer than 200 characters, however long names and cells are")
    func table() throws {
        let name = String(repeating: "a long name ", count: 20)
        let rows = (0..<60).map {
            "\($0) \(name),\($0 % 30 == 7 ? "not \(name)\($0)" : "\($0 * 7 % 60)"),\($0 % 5),\(name)\($0 % 7)\n"
        }
        let table = try TrainingTable("text \(name),number \(name),a,target\n" + rows.joined())
        let lines = table.decisions + table.warnings
        #expect(lines.count > 3)
        for line in lines { #expect(line.count <= 200 && !line.contains("\n"), "\(line)") }
    }

    @Test("a column of texts is kept if a setting says so")
    func forced() throws {
        let csv = "tree,a,y\n" + (0..<30).map { "t\($0),\($0 % 4),\($0 % 3 == 0 ? "p" : "q")\n" }.joined()
        let warning = try #require(try TrainingTable(csv).warnings.first { $0.contains("left out") })
        #expect(warning.hasSuffix("; types=tree:text keeps it"))
        var options = TableOptions()
        options.types = ["tree": .text]
        let table = try TrainingTable(Array(csv.utf8).span, options, threads: 2)
        #expect(table.data.features.map(\.name) == ["tree", "a"])
    }

    @Test("remarks have what is decided about the file, but not what is usual")
    func remarks() throws {
        #expect(try TrainingTable("a,y\n1,p\n2,q\n3,p\n4,q\n").remarks == [])
        let table = try TrainingTable("a;y\n1,5;p\n2;q\n3;p\n4;q\n")
        #expect(table.remarks == ["fields are separated by semicolons"])
        #expect(Set(table.remarks).isSubset(of: table.decisions))
    }

    @Test("a name to type has its quotes doubled, also one that carries an accent")
    func settingWord() {
        #expect(SettingWord("a b").description == "\"a b\"")
        #expect(SettingWord("5\" pipe").description == "\"5\"\" pipe\"")
        let accented = SettingWord("5\"\u{301} pipe").description
        #expect(Array(accented.unicodeScalars) == Array("\"5\"\"\u{301} pipe\"".unicodeScalars))
    }
}
