import Support
import Testing

@testable import Tables

@Suite("Headers of tables")
struct CSVHeaderTests {
    private func names(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try CSVLayout(bytes.span).names
    }

    private func remarks(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try CSVLayout(bytes.span).remarks
    }

    @Test(
        "a first line of names is the header",
        arguments: [
            "day,4011,4225,cost\n2021-02-03,12.5,3,4\n2021-02-04,7,8.25,2\n2021-02-05,9,1,7\n",
            "country,1998,1999,2000\nPeru,5,6,7\nChad,1,2,3\n",
            "country,1980,2000,2010\nPeru,5,6,7\nChad,1,2,3\n",
            "0,1,2,3\n5.5,3.25,a,7\n4.5,1.75,b,9\n",
            "name,kind\noak,tree\nelm,tree\nivy,vine\nbox,tree\nyew,tree\nfig,vine\n",
            "first,second\nred,red\nblue,red\nred,blue\nblue,blue\nred,red\nblue,red\n",
            "?,score\n3,8\n4,9\n5,7\n",
        ]
    )
    func header(_ text: String) throws {
        let first = try #require(text.split(separator: "\n").first)
        #expect(try names(text).joined(separator: ",") == first)
        #expect(try remarks(text).contains { $0.hasPrefix("the first line is the header") })
    }

    @Test(
        "a first line of data is none",
        arguments: [
            "5.5,3,oak\n4.5,2,elm\n6.5,3,oak\n5.25,2,elm\n",
            "low,low,2,yes\nhigh,low,4,no\nlow,high,2,yes\nhigh,high,4,no\n",
            "a,30.5,?,0,+\nb,24.25,1,5,-\na,19.5,0,7,+\nb,27,1,2,-\n",
            "7,NaN,3\n8,2,4\n9,1,3\n",
            "red,small\nblue,large\nred,large\nblue,small\nred,small\nblue,large\n",
            "oak,?\nelm,red\nash,blue\nfir,pink\n",
            "oak,oak\nelm,red\nash,blue\nfir,pink\n",
            "oak,1980,12\nelm,1991,15\noak,2004,9\n",
            "4,7,1\n5,8,0\n2,9,1\n",
        ]
    )
    func none(_ text: String) throws {
        let fields = text.prefix { $0 != "\n" }.split(separator: ",").count
        #expect(try names(text) == (0..<fields).map { "c\($0)" })
        #expect(try remarks(text).contains { $0.hasPrefix("there is no header") })
    }

    @Test("where the evidence is close, the setting that turns it is named")
    func close() throws {
        let sure = "size,kind\n4,oak\n7,elm\n"
        #expect(try remarks(sure).contains("the first line is the header"))
        let few = "kind,colour\noak,red\nelm,blue\n"
        #expect(try remarks(few).contains("the first line is the header; if it has data, say header=no"))
        let short = "ann,1.5\nbob,2\n"
        #expect(try remarks(short).contains { $0.hasSuffix("if there is one, say header=yes") })
    }

    @Test("a first line with all names of a model is the header, whatever it looks like")
    func known() throws {
        let text = Array("7,8\n9,3\n4,1\n".utf8)
        #expect(try CSVLayout(text.span).header == .none)
        #expect(try CSVLayout(text.span, known: ["8"]).names == ["7", "8"])
        #expect(try CSVLayout(text.span, known: ["8", "5"]).header == .none)
    }

    @Test("a column without a name is called by its position, and a second one of a name gets a number")
    func repaired() throws {
        #expect(try names(",size,\n1,4,oak\n2,7,elm\n") == ["Unnamed: 0", "size", "Unnamed: 2"])
        let equal = "size,size,kind,size\n4,5,oak,6\n7,8,elm,9\n"
        #expect(try names(equal) == ["size", "size.1", "kind", "size.2"])
        #expect(try remarks(equal).contains("columns with equal names get numbers: \"size\""))
        #expect(try names("a,a,a.1\n4,5,6\n7,8,9\n") == ["a", "a.2", "a.1"])
    }

    @Test("repaired names are never empty and never equal", arguments: [1, 2])
    func unique(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let words = [
            "", "a", "b", "a.1", "a.2", "Unnamed: 0", "Unnamed: 1", "\u{200B}", "\u{200B}a", "a.1.1",
        ]
        for _ in 0..<500 {
            let header = (0..<1 + generator.below(8)).map { _ in words[generator.below(words.count)] }
            let names = CSVNames(header: header).names
            #expect(Set(names).count == header.count && !names.contains(""), "\(header)")
        }
    }

    @Test("a header that lacks the first names stands above row names")
    func rowNames() throws {
        let text = "size,kind\nr1,4,oak\nr2,7,elm\nr3,5,oak\nr4,2,elm\n"
        #expect(try names(text) == ["Unnamed: 0", "size", "kind"])
        #expect(try remarks(text).contains { $0.contains("2 names for 3 columns") })
        let table = try TrainingTable(text)
        #expect(table.column("Unnamed: 0")?.leftOut == "it has no name and names the rows")
        #expect(table.values("size") == [4, 7, 5, 2])
    }

    @Test("rows that end in a separator have no more columns than the header")
    func trailing() throws {
        let rows = "size,kind\n4,oak,\n7,elm,\n5,oak,\n2,elm,\n"
        let read = try TrainingTable(rows)
        #expect(read.data.features.map(\.name) == ["size"])
        #expect(read.data.classes == ["elm", "oak"])
        let both = try TrainingTable("size,kind,\n4,oak,\n7,elm,\n5,oak,\n2,elm,\n")
        #expect(both.data.features.map(\.name) == ["size"])
        #expect(both.data.targetName == "kind")
        #expect(both.column("Unnamed: 2")?.leftOut == "it is empty")
    }

    @Test("blanks and signs that nobody sees are no part of a name")
    func hidden() throws {
        #expect(try names("size ,\u{A0}kind\u{A0}\n4,oak\n7,elm\n") == ["size", "kind"])
        #expect(try names("\u{200B}size,\"\u{FEFF}kind\"\n4,oak\n7,elm\n") == ["size", "kind"])
        #expect(try names("size,\u{200B}\n4,oak\n7,elm\n") == ["size", "Unnamed: 1"])
    }
}
