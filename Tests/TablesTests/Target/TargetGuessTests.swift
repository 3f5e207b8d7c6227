import Testing

@testable import Tables

@Suite("The choice of the target")
struct TargetGuessTests {
    /// The target of a table with these names, whose columns can all be learnt.
    private func target(_ names: String) throws -> String {
        let count = names.split(separator: ",").count
        let rows = (0..<30).map { row in
            (0..<count).map { "\((row + 3 * $0) % ($0 + 4))" }.joined(separator: ",") + "\n"
        }
        return try TrainingTable("\(names)\n" + rows.joined()).data.targetName
    }

    @Test("is the requested column, by name or position")
    func asked() throws {
        let csv =
            "a,b,y\n"
            + (0..<12).map {
                "\($0 % 5),\("uvv".map(\.description)[$0 % 3]),\("pq".map(\.description)[$0 % 2])\n"
            }.joined()
        #expect(try TrainingTable(csv, target: "b").data.targetName == "b")
        #expect(try TrainingTable(csv, target: "1").data.targetName == "b")
        #expect(try TrainingTable(csv, target: "-2").data.targetName == "b")
        #expect(try TrainingTable(csv, target: "b").decisions.contains("the target is \"b\", as requested"))
        #expect(throws: TableError.csv(.noColumns(["z"], found: ["a", "b", "y"]))) {
            try TrainingTable(csv, target: "z")
        }
        let years = "2019,2020,7\n" + (0..<12).map { "\($0 % 5),\($0 % 3),\($0 % 2)\n" }.joined()
        #expect(try TrainingTable(years, target: "7") { $0.csv.hasHeader = true }.data.targetName == "7")
    }

    @Test(
        "is a column with a common name of a target, in many languages",
        arguments: [
            "target", "Label", "CLASS", "species", "y", "Survived", "churn", "Outcome", "SalePrice", "price",
            "quality",
            "Ziel", "Preis", "cible", "prix", "objetivo", "precio", "цена", "目标", "价格",
        ]
    )
    func named(_ name: String) throws {
        #expect(try target("a,\(name),b") == name)
    }

    @Test("prefers a sure name to a likely one, and y only beside no x")
    func ranks() throws {
        #expect(try target("target,price,b") == "target")
        #expect(try target("price,a,quality,b") == "quality")
        #expect(try target("x,y,b") == "b")
        #expect(try target("x,b,y") == "y")
    }

    @Test("is otherwise the last column")
    func last() throws {
        #expect(try target("a,b") == "b")
        let table = try TrainingTable("a,b\n" + (0..<12).map { "\($0 % 5),\($0 % 2)\n" }.joined())
        #expect(table.decisions.contains("the target is \"b\", the last column"))
    }

    @Test(
        "is never a column that cannot be learnt",
        arguments: [
            ("id", "%"), ("index", "%"), ("note", "note %"), ("link", "https://oak.example/%"),
            ("when", "2021-02-%"),
            ("longitude", "7.%"), ("Lat", "51.%"), ("same", "5"), ("gap", ""), ("count", "%"), ("", "%"),
            ("zip_code", "10%"),
        ]
    )
    func unlearnable(_ name: String, _ cell: String) throws {
        let rows = (0..<28).map {
            "\($0 % 4),\($0 * $0 % 11).5,\(cell.replacing("%", with: "\($0 < 9 ? "0" : "")\($0 + 1)"))\n"
        }
        let table = try TrainingTable("size,height,\(name)\n" + rows.joined())
        #expect(table.data.targetName == "height")
        #expect(
            table.decisions.contains(
                "the target is \"height\", the last column that can be learnt; another choice is target=size"
            )
        )
    }

    @Test("that has a common name is taken only if it can be learnt")
    func namedButUnlearnable() throws {
        let rows = (0..<28).map { "label \($0),\($0 % 4),\($0 % 3)\n" }
        #expect(try TrainingTable("label,size,kind\n" + rows.joined()).data.targetName == "kind")
    }

    @Test("names a second choice as it is typed")
    func second() throws {
        let rows = (0..<28).map { "\($0 % 4),\($0 % 3),\($0)\n" }
        let table = try TrainingTable("Tree size,label,id\n" + rows.joined())
        #expect(
            table.decisions.contains(
                "the target is \"label\", a common name of a target; another choice is target=\"Tree size\""
            )
        )
        #expect(SettingWord("size").description == "size")
        #expect(SettingWord("two\nlines").description == "NAME")
        for name in ["a b", "a,b", "a=b", "a:b"] { #expect(SettingWord(name).description == "\"\(name)\"") }
    }

    @Test("is never a column that is left out on request")
    func ignored() throws {
        let rows = (0..<28).map { "\($0 % 4),\($0 % 3),\($0 % 5)\n" }
        let table = try TrainingTable("size,kind,label\n" + rows.joined()) { $0.ignored = ["label"] }
        #expect(table.data.targetName == "kind")
        #expect(table.data.features.map(\.name) == ["size"])
    }

    @Test("that comes from all rows reads the same values as a request does")
    func reread() throws {
        let rows = (0..<1_500).map { "\($0 * 3 % 17).25,\($0 < 1_200 ? $0 % 2 : $0),\($0)\n" }
        let text = "height,size,id\n" + rows.joined()
        let (guess, request) = (try TrainingTable(text), try TrainingTable(text, target: "size"))
        #expect(guess.data.targetName == "size")
        #expect(guess.numbers == request.numbers && guess.numbers?.last == 1_499)
        #expect(guess.values("height") == request.values("height"))
    }
}
