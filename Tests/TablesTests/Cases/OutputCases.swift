import Testing

@testable import Tables

@Suite("What is said of a reading")
struct OutputCases {
    /// The longest line that a person gets, in characters.
    private static let longest = 200

    private static let texts: [(String, String)] = [
        (
            "a long category",
            CaseTable.text("t,v,y") {
                "\(String(repeating: "word", count: 700))\($0 % 2),\($0 % 3),\($0 % 2)"
            }
        ),
        (
            "many categories",
            CaseTable.text("t,v,y", rows: 90) {
                "category-\(["of", "with"][$0 % 2])-a-name-\($0 % 24),\($0 % 3),\($0 % 2)"
            }
        ),
        (
            "long classes",
            CaseTable.text("v,w,y") {
                "\($0 % 3),\($0 % 5),\(["u", "v"][$0 % 2] + String(repeating: "x", count: 900))"
            }
        ),
        (
            "long spellings of one class",
            CaseTable.text("v,w,y") { row in
                let name = String(repeating: row % 2 == 0 ? "ab" : "AB", count: 300)
                return "\(row % 3),\(row % 5),\(row % 4 < 2 ? name : "c")"
            }
        ),
        (
            "long names",
            CaseTable.text(
                (0..<4).map { String(repeating: "n", count: 300) + "\($0)" }.joined(separator: ",")
            ) { row in
                "\(row % 3),\(row % 5),\(row % 7),\(row * 3)"
            }
        ),
        (
            "a long odd cell",
            CaseTable.text("v,w,y", rows: 90) { row in
                "\(row == 50 ? String(repeating: "z", count: 700) : "\(row * 3 % 40)"),\(row % 5),\(row * 2)"
            }
        ),
        (
            "cells with line ends",
            CaseTable.text("t,v,y") { "\"\(["one\nline", "two\r\nlines"][$0 % 2])\",\($0 % 3),\($0 % 2)" }
        ),
        (
            "a name with a line end",
            CaseTable.text("\"t\nin cm\",v,\"y\nin kg\"") { "\($0 % 5).5,\($0 % 3),\($0 * 3 % 40).5" }
        ),
    ]

    @Test("is cut: no line is longer than 200 characters", arguments: texts)
    func short(_ name: String, _ text: String) throws {
        let table = try CaseTable(text)
        for words in table.words {
            #expect(words.count <= Self.longest, "\(name): \(words.prefix(80))…")
            #expect(!words.contains("\n") && !words.contains("\r"))
        }
    }

    @Test("of an error is cut, too", arguments: [40, 3_000])
    func error(_ length: Int) throws {
        let name = String(repeating: "n", count: length)
        let csv = CaseTable.text("v,w,\(name)") { "\($0 % 3),\($0 % 5),text \($0)" }
        let error = try #require(CaseTable.error(csv) { $0.target = name })
        #expect(error.description.count <= Self.longest)
        let unknown = try #require(CaseTable.error(csv) { $0.target = String(name.reversed()) + "x" })
        #expect(unknown.description.count <= Self.longest)
    }
}
