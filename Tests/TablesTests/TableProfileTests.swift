import Testing

@testable import Tables

@Suite("Profiles of tables")
struct TableProfileTests {
    private func rows(_ count: Int, _ row: (Int) -> String) -> String {
        (0..<count).map { row($0) + "\n" }.joined()
    }

    @Test("a profile says what a training would do")
    func profile() throws {
        let text =
            ",size,kind,when,seen\n"
            + rows(150) {
                "\($0),\($0 % 7).5,\($0 % 2 == 0 ? "oak" : "elm"),2021-0\(1 + $0 % 9)-11,\($0 % 3)"
            }
        let profile = try TableProfile(of: text)
        #expect(profile.rows == 150)
        #expect(profile.target == "seen" && profile.classes == 3 && !profile.isRegression)
        #expect(profile.columns.map(\.name) == ["Unnamed: 0", "size", "kind", "when", "seen"])
        #expect(profile.columns.map(\.kind) == [nil, .number, .category, .date, .category])
        #expect(profile.columns.map(\.isTarget) == [nil, nil, nil, nil, true])
        #expect(profile.columns[0].leftOut == "it has no name and numbers the rows")
        #expect(profile.sample.count == 5 && profile.sample[1] == ["1", "1.5", "elm", "2021-02-11", "1"])
        #expect(profile.obstacle == nil)
    }

    @Test("a profile of a regression has no classes")
    func regression() throws {
        let profile = try TableProfile(of: "size,price\n" + rows(60) { "\($0 % 9).25,\($0 * $0)" })
        #expect(profile.target == "price" && profile.classes == nil && profile.isRegression)
    }

    @Test("a profile of a table that cannot be trained on says why")
    func obstacle() throws {
        let same = try TableProfile(of: "size,kind\n" + rows(30) { _ in "5,oak" })
        #expect(same.obstacle == .oneClass(target: "kind", label: "oak"))
        #expect(same.rows == 30 && same.target == "kind" && same.sample.first == ["5", "oak"])
        let names = try TableProfile(of: "name,kind\n" + rows(30) { "n\($0),\($0 % 2 == 0 ? "oak" : "elm")" })
        guard case .noFeatures("kind", let leftOut) = names.obstacle else {
            Issue.record("\(String(describing: names.obstacle))")
            return
        }
        #expect(leftOut.contains { $0.contains("\"name\"") })
        #expect(names.obstacle?.description.contains("so they name rows") == true)
    }

    @Test("a profile of a table in another encoding is that of its text")
    func encoded() throws {
        let text = "größe,art\n" + rows(40) { "\($0 % 7),\($0 % 2 == 0 ? "Ähre" : "Öhr")" }
        let latin = text.unicodeScalars.map { UInt8($0.value) }
        let profile = try TableProfile(of: latin.span, threads: 1)
        #expect(profile.columns.map(\.name) == ["größe", "art"])
        #expect(profile.sample.first == ["0", "Ähre"])
    }

    @Test("the first rows have no cells beyond the last column")
    func longRow() throws {
        let profile = try TableProfile(of: "size,kind\n1,oak,x\n" + rows(60) { "\($0 % 9),\($0 % 2)" })
        #expect(profile.sample.first == ["1", "oak"])
        #expect(profile.sample.allSatisfy { $0.count <= profile.columns.count })
    }

    @Test("a file that is no table is refused")
    func refused() {
        #expect(throws: CSVError.empty) { try TableProfile(of: "\n") }
        #expect(throws: CSVError.format(.jsonLines)) { try TableProfile(of: "{\"a\": 1}\n{\"a\": 2}\n") }
        #expect(throws: CSVError.raggedRow(line: 12, fields: 3, expected: 2)) {
            try TableProfile(of: "a,b\n" + rows(20) { $0 == 10 || $0 == 12 ? "1,2,3" : "1,2" })
        }
    }
}
