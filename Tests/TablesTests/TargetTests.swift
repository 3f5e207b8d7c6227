import Testing

@testable import Tables

@Suite("The target of a table")
struct TargetTests {
    @Test("is the requested column, by name or position")
    func asked() throws {
        let csv = "a,b,y\n1,u,p\n2,u,q\n1,v,p\n2,v,q\n"
        #expect(try TrainingTable(csv, target: "b").data.targetName == "b")
        #expect(try TrainingTable(csv, target: "1").data.targetName == "b")
        #expect(try TrainingTable(csv, target: "-2").data.targetName == "b")
        #expect(try TrainingTable(csv, target: "b").decisions.contains("the target is \"b\", as requested"))
        #expect(throws: TableError.csv(.noColumns(["z"], found: ["a", "b", "y"]))) {
            try TrainingTable(csv, target: "z")
        }
    }

    @Test(
        "is by default the column with a common name of a target, otherwise the last column",
        arguments: ["target", "Label", "CLASS", "species", "y"]
    )
    func guessed(_ name: String) throws {
        let named = try TrainingTable("\(name),b\np,1\nq,2\np,3\n")
        #expect(named.data.targetName == name)
        #expect(named.decisions.contains("the target is \"\(name)\", a common name of a target"))
        let last = try TrainingTable("a,b\n1,p\n2,q\n")
        #expect(last.decisions.contains("the target is \"b\", the last column"))
        #expect(try TrainingTable("x,y,b\n1,2,p\n2,3,q\n").data.targetName == "b")
        #expect(try TrainingTable("x,b,y\n1,2,p\n2,3,q\n").data.targetName == "y")
    }

    @Test("of text or of at most 20 distinct integers is classified", arguments: [2, 20])
    func classification(_ classes: Int) throws {
        let data = try TrainingTable("a,y\n" + (0..<60).map { "\($0 * $0),\($0 % classes)\n" }.joined()).data
        #expect(data.classes == (0..<classes).map { "\($0)" })
        #expect(data.labels == (0..<60).map { UInt16($0 % classes) })
        let texts = try TrainingTable("a,y\n1,no\n2,yes\n3,no\n")
        #expect(texts.data.classes == ["no", "yes"])
        #expect(texts.decisions.contains("the task is classification with 2 classes"))
    }

    @Test("of fractions or of more distinct integers is regressed")
    func regression() throws {
        let many = try TrainingTable("a,y\n" + (0..<21).map { "\($0 * $0),\($0)\n" }.joined())
        guard case .regression(let values) = many.data.target else {
            Issue.record("21 distinct integers were classified")
            return
        }
        #expect(values == (0..<21).map(Double.init))
        #expect(many.decisions.contains("the task is regression"))
        let fractions = try TrainingTable("a,y\n1,0.5\n2,1.5\n4,0.5\n")
        #expect(fractions.data.classes.isEmpty)
        #expect(fractions.warnings.contains { $0.contains("only 2 distinct values") })
    }

    @Test("is used for the requested task")
    func override() throws {
        let csv = "a,y\n1,0.5\n2,1.5\n4,0.5\n"
        #expect(try TrainingTable(csv, task: .classification).data.classes == ["0.5", "1.5"])
        #expect(try TrainingTable("a,y\n1,0\n2,1\n4,0\n", task: .regression).data.classes.isEmpty)
        #expect(throws: TableError.notANumber(line: 3, column: "y", token: "x")) {
            try TrainingTable("a,y\n1,0\n2,x\n4,0\n", task: .regression)
        }
    }

    @Test(
        "that is missing removes its row, with a decision",
        arguments: FeatureTests.gaps
    )
    func missing(_ gap: String) throws {
        let classes = try TrainingTable("a,y\n1,p\n2,\(gap)\n3,q\n")
        #expect(classes.data.rows == 2)
        #expect(classes.feature("a")?.values == [1, 3])
        #expect(classes.data.labels == [0, 1])
        #expect(classes.decisions.contains("1 rows without a target are left out"))
        let values = try TrainingTable("a,y\n1,0.5\n2,\(gap)\n3,1.5\n")
        guard case .regression(let truth) = values.data.target else {
            Issue.record("fractions were classified")
            return
        }
        #expect(truth == [0.5, 1.5])
        #expect(throws: TableError.noTarget(target: "y")) { try TrainingTable("a,y\n1,\(gap)\n2,\(gap)\n") }
    }

    @Test("with one text among numbers is an error with line and token")
    func mistakes() {
        let rows = (0..<60).map { "\($0),\($0).5\n" }.joined()
        #expect(throws: TableError.notANumber(line: 62, column: "y", token: "n.b.")) {
            try TrainingTable("a,y\n\(rows)1,n.b.\n")
        }
        #expect(throws: TableError.numberTooLarge(line: 62, column: "y", token: "1e39")) {
            try TrainingTable("a,y\n\(rows)1,1e39\n")
        }
    }

    @Test("with one class or too many classes is an error")
    func classCounts() {
        #expect(throws: TableError.oneClass(target: "y", label: "p")) { try TrainingTable("a,y\n1,p\n2,p\n") }
        #expect(throws: TableError.oneClass(target: "y", label: "1.5")) {
            try TrainingTable("a,y\n1,1.5\n2,1.5\n")
        }
        let many = "a,y\n" + (0..<1_001).map { "\($0),t\($0)\n" }.joined()
        #expect(throws: TableError.tooManyClasses(target: "y", limit: 1_000)) { try TrainingTable(many) }
        #expect(throws: TableError.noFeatures(target: "y")) { try TrainingTable("y\np\nq\n") }
    }

    @Test("has the exact texts as classes, sorted by value only if all are plain integers")
    func numericNames() throws {
        #expect(try TrainingTable("a,y\n1,10\n2,9\n3,10\n").data.classes == ["9", "10"])
        #expect(try TrainingTable("a,y\n1,01\n2,1\n3,10\n").data.classes == ["01", "1", "10"])
        #expect(try TrainingTable("a,y\n1,\" 1\"\n2,1\n3,10\n").data.classes == [" 1", "1", "10"])
        #expect(try TrainingTable("a,y\n1,1.0\n2,0.0\n3,1.0\n").data.classes == ["0.0", "1.0"])
        #expect(ClassLabels.integers(["01", "1"]) == nil)
        #expect(ClassLabels.integers([" 1", "1"]) == nil)
        #expect(ClassLabels.integers(["-1", "1"]) == [-1, 1])
    }

    @Test("has distinct classes for the same glyphs with other bytes")
    func lookalikes() throws {
        let (one, two) = ("caf\u{E9}", "cafe\u{301}")
        let data = try TrainingTable("a,y\n1,\(one)\n2,\(two)\n3,\(one)\n").data
        #expect(data.classes.map { Array($0.utf8) } == [Array(two.utf8), Array(one.utf8)])
        #expect(data.labels == [1, 0, 1])
    }

    @Test("with a class of fewer than ten rows gets a warning")
    func few() throws {
        let table = try TrainingTable(
            "a,y\n" + (0..<60).map { "\($0 * $0),\($0 % 20 == 7 ? "r" : $0 % 2 == 0 ? "p" : "q")\n" }.joined()
        )
        #expect(
            table.warnings == ["classes with fewer than 10 rows have unreliable scores: \"r\""]
        )
    }

    @Test("with a class of one row gets a warning")
    func rare() throws {
        let table = try TrainingTable(
            "a,y\n" + (0..<30).map { "\($0 * $0),\($0 == 7 ? "r" : $0 % 2 == 0 ? "p" : "q")\n" }.joined()
        )
        #expect(table.warnings.contains { $0 == "classes with only one row have no test row: \"r\"" })
    }

    @Test("gets the names of its classes from scikit-learn's first line")
    func scikitLearn() throws {
        let iris = try TrainingTable(
            "6,4,setosa,versicolor,virginica\n" + (0..<6).map { "5.1,3.5,1.\($0),0.2,\($0 % 3)\n" }.joined()
        )
        #expect(iris.data.features.map(\.name) == ["c0", "c1", "c2", "c3"])
        #expect(iris.data.targetName == "target")
        #expect(iris.data.classes == ["setosa", "versicolor", "virginica"])
        #expect(iris.data.labels == [0, 1, 2, 0, 1, 2])
        let cancer = try TrainingTable(
            "4,3,malignant,benign\n17.9,10.3,122,0\n20.5,17.7,132,0\n13.5,14.3,87,1\n9.5,12.4,60,1\n"
        )
        #expect(cancer.data.classes == ["benign", "malignant"])
        #expect(cancer.data.labels == [1, 1, 0, 0])
        #expect(cancer.decisions.contains { $0.contains("scikit-learn's") })
    }
}
