import Testing

@testable import Tables

@Suite("Missing values")
struct MissingValueTests {
    /// Cells that are missing in every column.
    static let gaps = [
        "", "nan", "NaN", "?", "-", "n/a", "N/A", "#N/A", "#N/A N/A", "#NA", "<NA>", "NaT", "-nan", "-NaN",
        "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", ".", "--", "\\N", "#NULL!", "#VALUE!", "#DIV/0!", "#REF!",
        "#NUM!", "#NAME?", "\t?", "\u{A0}",
    ]
    /// Cells that may be a category.
    static let words = ["NA", "na", "None", "none", "NULL", "null"]

    @Test("may be written in any usual notation", arguments: gaps + words)
    func notations(_ gap: String) throws {
        let table = try TrainingTable("a,b,y\n1,u,p\n\(gap),v,q\n2,\(gap),p\n3,u,q\n4,v,p\n5,u,q\n")
        #expect(table.values("a") == [1, nil, 2, 3, 4, 5])
        #expect(table.values("b") == [0, 1, nil, 0, 1, 0])
        #expect(table.categories("b") == ["u", "v"])
        #expect(table.decisions.contains("column \"a\" has 1 missing value"))
        #expect(table.column("a")?.missing == 1 && table.column("b")?.missing == 1)
    }

    @Test("are not words in a column of texts, if no column of numbers has them", arguments: words)
    func categories(_ word: String) throws {
        let table = try TrainingTable("a,kind", rows: 30) { "\($0 * $0),\($0 % 3 == 0 ? word : "oak")" }
        #expect(table.categories("kind") == [word, "oak"].sorted())
        #expect(table.values("kind")?.contains(nil) == false)
        #expect(table.says("\"\(word)\" is a category; if it marks missing values, say missing=\(word)"))
        #expect(table.reading.missing.isEmpty)
    }

    @Test("are words in a column of texts, if a column of numbers has the same word", arguments: words)
    func marks(_ word: String) throws {
        let table = try TrainingTable("a,kind", rows: 30) {
            "\($0 % 7 == 3 ? word : "\($0)"),\($0 % 3 == 0 ? word : $0 % 3 == 1 ? "oak" : "elm")"
        }
        #expect(table.categories("kind") == ["elm", "oak"])
        #expect(table.column("kind")?.missing == 10)
        #expect(table.reading.missing == [word.lowercased()])
    }

    @Test("are only those words that a column of numbers has")
    func otherWord() throws {
        let table = try TrainingTable("a,kind", rows: 30) {
            "\($0 % 7 == 3 ? "NA" : "\($0)"),\(["oak", "None", "NA"][$0 % 3])"
        }
        #expect(table.categories("kind") == ["None", "oak"])
    }

    @Test("of a column of NA alone do not make it one of numbers")
    func emptyColumn() throws {
        let table = try TrainingTable("a,b,kind", rows: 30) { "\($0),NA,\(["oak", "NA"][$0 % 2])" }
        #expect(table.categories("kind") == ["NA", "oak"])
        #expect(table.feature("b") == nil)
    }

    @Test("may be words that a person names, also numbers")
    func named() throws {
        let text =
            "a,kind,y\n"
            + (0..<30).map { "\($0 % 6 == 5 ? "-999" : "\($0)"),\(["oak", "Unknown"][$0 % 2]),\($0 % 2)\n" }
            .joined()
        let table = try TrainingTable(text, target: "y") { $0.missingWords = ["unknown", "-999"] }
        #expect(table.values("a")?[5] == .some(nil) && table.values("a")?[4] == 4)
        #expect(table.categories("kind") == ["oak"])
        #expect(table.column("kind")?.missing == 15)
        #expect(table.column("a")?.missing == 5)
        let without = try TrainingTable(text, target: "y")
        #expect(without.values("a")?[5] == -999)
    }

    @Test("are the odd words in a column of numbers, if they are few")
    func odd() throws {
        let table = try TrainingTable("a,b", rows: 60) { "\($0 == 7 ? "At sea" : "\($0).5"),\($0 % 7)" }
        #expect(table.values("a")?[7] == .some(nil) && table.values("a")?[8] == 8.5)
        #expect(table.column("a")?.odd == 1)
        #expect(
            table.decisions.contains(
                "column \"a\": 1 cell is not in its notation and counts as missing, such as \"At sea\""
            )
        )
        #expect(table.warnings.isEmpty)
        let rooms = try TrainingTable("a,b", rows: 60) {
            "\($0 % 20 == 7 ? "studio" : "\($0 % 4)"),\($0 % 7)"
        }
        #expect(rooms.column("a")?.kind == .number && rooms.column("a")?.odd == 3)
        let floors = try TrainingTable("a,b", rows: 60) {
            "\($0 % 15 == 7 ? "attic" : "\($0 % 4)"),\($0 % 7)"
        }
        #expect(floors.categories("a") == ["0", "1", "2", "3", "attic"])
    }

    @Test("are many odd words only among many different numbers, with a warning")
    func manyOdd() throws {
        let table = try TrainingTable("a,b", rows: 60) { "\($0 % 6 == 5 ? "closed" : "\($0 * 3)"),\($0 % 7)" }
        #expect(table.column("a")?.odd == 10 && table.column("a")?.kind == .number)
        #expect(
            table.warnings.contains { $0.contains("column \"a\": 10 cells") && $0.contains("\"closed\"") }
        )
        let few = try TrainingTable("a,b", rows: 60) { "\($0 % 6 == 5 ? "closed" : "\($0 % 4)"),\($0 % 7)" }
        #expect(few.categories("a") == ["0", "1", "2", "3", "closed"])
        let half = try TrainingTable("a,b", rows: 60) { "\($0 % 2 == 1 ? "closed" : "\($0 % 20)"),\($0 % 7)" }
        #expect(half.column("a")?.kind == .category)
    }

    @Test(
        "are what no plain number is",
        arguments: ["inf", "-inf", "Infinity", "1_000", "0x1F", "2026-11-24"]
    )
    func strangers(_ token: String) throws {
        let table = try TrainingTable("a,b", rows: 60) { "\($0 == 7 ? token : "\($0).5"),\($0 % 7)" }
        #expect(table.values("a")?[7] == .some(nil))
        #expect(table.says("such as \"\(token)\""))
    }

    @Test("fill columns that are left out, with a decision")
    func empty() throws {
        let table = try TrainingTable("a,b,c", rows: 20) { "\($0 * $0),,?" }
        #expect(table.data.features.map(\.name) == ["a"])
        #expect(table.decisions.contains("column \"b\" is left out: it is empty"))
        #expect(table.decisions.contains("column \"c\" is left out: it is empty"))
        #expect(table.column("b")?.leftOut == "it is empty" && table.column("b")?.kind == nil)
    }
}
