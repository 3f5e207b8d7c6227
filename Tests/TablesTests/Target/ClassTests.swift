import Testing

@testable import Tables

@Suite("The classes of a target")
struct ClassTests {
    /// A table whose target has these texts in turn.
    private func table(_ texts: [String], rows: Int = 40) throws -> TrainingTable {
        let body = (0..<rows).map { "\($0 * $0 % 23),\(texts[$0 % texts.count])\n" }.joined()
        return try TrainingTable("a,y\n\(body)", target: "y", task: .classification)
    }

    @Test("are sorted by value only if all are plain integers")
    func order() throws {
        #expect(try table(["10", "9"]).data.classes == ["9", "10"])
        #expect(try table(["oak", "Elm", "10"]).data.classes == ["10", "Elm", "oak"])
        #expect(ClassLabels.integers(["01", "1"]) == nil)
        #expect(ClassLabels.integers([" 1", "1"]) == nil)
        #expect(ClassLabels.integers(["-1", "1"]) == [-1, 1])
    }

    @Test(
        "are one where spellings differ only in case, blanks or as whole numbers, and that is said",
        arguments: [
            (["Open", "open", "closed", "Open"], ["Open", "closed"]),
            (["Open", "OPEN ", "closed"], ["Open", "closed"]),
            (["not  yet", "not yet", "done", "not yet"], ["done", "not yet"]),
            (["2", "2.0", "7", "+7"], ["2", "7"]), (["2", "2.0", "oak"], ["2", "oak"]),
            (["0x10", "16", "16"], ["0x10", "16"]),
            (["\" open\"", "open", "closed"], ["closed", "open"]),
            (["open\t", "open", "closed"], ["closed", "open"]),
        ]
    )
    func spellings(_ texts: [String], _ classes: [String]) throws {
        #expect(try table(texts).data.classes == classes)
    }

    @Test("of merged spellings are said by name, with the most frequent spelling as the class")
    func merged() throws {
        let table = try table(["Yes", "yes", "Yes", "no"])
        #expect(table.data.classes == ["Yes", "no"])
        #expect(table.data.labels.prefix(4) == [0, 0, 0, 1])
        #expect(table.says("the spellings \"Yes\", \"yes\" of a class are one class"))
        #expect(try !self.table(["yes", "no"]).says("spellings"))
    }

    @Test("that are other numbers stay apart")
    func numbers() throws {
        #expect(try table(["0.5", "1.5", "5"]).data.classes == ["0.5", "1.5", "5"])
        #expect(try table(["1.0", "0.0"]).data.classes == ["0.0", "1.0"])
        #expect(try table(["oak1", "oak 1"]).data.classes == ["oak 1", "oak1"])
    }

    @Test("are one for the same glyphs with other bytes, and that is said")
    func lookalikes() throws {
        let (one, two) = ("caf\u{E9}", "cafe\u{301}")
        let table = try table([one, two, one, "bar"])
        #expect(table.data.classes.map { Array($0.utf8) } == [Array("bar".utf8), Array(one.utf8)])
        #expect(table.data.labels.prefix(4) == [1, 1, 1, 0])
        #expect(table.says("of a class are one class"))
    }

    @Test("may be NA, None or null, if no column of numbers has the word", arguments: ["NA", "None", "null"])
    func words(_ word: String) throws {
        let table = try table([word, "oak", "elm"])
        #expect(table.data.classes == [word, "oak", "elm"].sorted())
        #expect(table.data.rows == 40)
        #expect(table.says("\"\(word)\" is a class; if it marks missing values, say missing=\(word)"))
        #expect(try self.table([word, "oak"]).data.classes.count == 2)
        let rows = (0..<40).map { "\($0 % 8 == 1 ? word : "\($0)"),\(["oak", word, "elm"][$0 % 3])\n" }
        let marked = try TrainingTable("a,y\n" + rows.joined(), target: "y")
        #expect(marked.data.classes == ["elm", "oak"])
        #expect(marked.warnings.contains { $0.contains("13 rows without a target are left out") })
    }

    @Test("with fewer than ten rows get a warning, and with one row another")
    func few() throws {
        let text = { (rare: Int) in
            "a,y\n"
                + (0..<60).map { "\($0 * $0),\($0 % rare == 7 ? "r" : $0 % 2 == 0 ? "p" : "q")\n" }.joined()
        }
        let few = try TrainingTable(text(20)).warnings
        #expect(few.count == 1)
        #expect(few.first?.hasPrefix("classes with fewer than 10 rows have unreliable scores: \"r\"") == true)
        let single = try TrainingTable(text(100)).warnings
        #expect(single.count == 1)
        #expect(single.first?.hasPrefix("classes with only one row have no test row: \"r\"") == true)
    }

    @Test("that are one, too many, or another in each row are an error")
    func counts() {
        #expect(throws: TableError.oneClass(target: "y", label: "p")) { try table(["p"]) }
        #expect(throws: TableError.oneClass(target: "y", label: "p")) { try table(["p", "P ", "p"]) }
        #expect(throws: TableError.oneClass(target: "y", label: "1.5")) {
            try TrainingTable("a,y\n1,1.5\n2,1.5\n4,1.5\n", target: "y")
        }
        let names = (0..<40).map { "t\($0)" }
        #expect(throws: TableError.uniqueTarget(target: "y", rows: 40)) { try table(names) }
        let many = (0..<1_001).map { "t\($0)" }
        #expect(throws: TableError.tooManyClasses(target: "y", limit: 1_000)) { try table(many, rows: 2_002) }
    }

    @Test("get their names from scikit-learn's first line")
    func scikitLearn() throws {
        let trees = try TrainingTable(
            "12,4,ash,birch,cedar\n" + (0..<12).map { "5.\($0),3.5,1.\($0),0.2,\($0 % 3)\n" }.joined()
        )
        #expect(trees.data.features.map(\.name) == ["c0", "c1", "c2", "c3"])
        #expect(trees.data.targetName == "target")
        #expect(trees.data.classes == ["ash", "birch", "cedar"])
        #expect(trees.data.labels.prefix(4) == [0, 1, 2, 0])
        let wells = try TrainingTable(
            "8,3,wet,dry\n" + (0..<8).map { "17.\($0),10.3,12\($0),\($0 % 2)\n" }.joined()
        )
        #expect(wells.data.classes == ["dry", "wet"])
        #expect(wells.data.labels.prefix(2) == [1, 0])
        #expect(wells.decisions.contains { $0.contains("scikit-learn's") })
    }
}
