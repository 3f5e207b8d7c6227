import Testing

@testable import Tables

@Suite("Tables as a model's input")
struct FeatureTableTests {
    private func read(
        _ csv: String,
        _ features: [(name: String, labels: [String]?)],
        of names: [String]? = nil
    ) throws -> FeatureTable {
        let bytes = Array(csv.utf8)
        let sources = features.map { FeatureTable.Source(feature: $0.name, labels: $0.labels) }
        return try FeatureTable(bytes.span, features: sources, of: names, threads: 2)
    }

    @Test("columns are found by name in any order, and the other columns are listed")
    func byName() throws {
        let table = try read("id,b,a\n7,1,2\n8,3,4\n", [("a", nil), ("b", nil)])
        #expect(table.columns == [[2, 4], [1, 3]])
        #expect(table.rows == 2)
        #expect(table.ignored == ["id"])
    }

    @Test("an error lists all features that have no column")
    func absent() {
        #expect(throws: TableError.csv(.noColumns(["a", "c"], found: ["id", "b"]))) {
            try read("id,b\n7,1\n", [("a", nil), ("b", nil), ("c", nil)])
        }
    }

    @Test("a file without a header is read by position")
    func byOrder() throws {
        #expect(try read("1,2\n3,4\n", [("a", nil), ("b", nil)]).columns == [[1, 3], [2, 4]])
        #expect(try read("1,2\n3,4\n", [("c1", nil)], of: ["c0", "c1"]).columns == [[2, 4]])
    }

    @Test("a file without a header needs a column per feature, or per column of the training table")
    func width() throws {
        let wide = "7,1,2\n8,3,4\n"
        #expect(throws: TableError.csv(.wrongWidth(3, features: 2, all: nil))) {
            try read(wide, [("a", nil), ("b", nil)])
        }
        #expect(throws: TableError.csv(.wrongWidth(3, features: 2, all: 4))) {
            try read(wide, [("a", nil), ("b", nil)], of: ["id", "a", "b", "y"])
        }
        let table = try read(wide, [("b", nil), ("a", nil)], of: ["y", "a", "b"])
        #expect(table.columns == [[2, 4], [1, 3]])
    }

    @Test("a category that the model does not know becomes a missing value")
    func categories() throws {
        let table = try read("a\nred\nmauve\n\"\"\nblue\n", [("a", ["blue", "green", "red"])])
        #expect(table.columns[0].map { $0.isNaN ? -1 : $0 } == [2, -1, -1, 0])
        #expect(table.unseen.map(\.column) == ["a"])
        #expect(table.unseen.first?.labels == ["mauve"])
    }

    @Test("categories with the same glyphs but other bytes are distinct")
    func lookalikes() throws {
        let (one, two) = ("caf\u{E9}", "cafe\u{301}")
        let table = try read("a\n\(two)\n\(one)\n", [("a", [two, one])])
        #expect(table.columns == [[0, 1]])
        let single = try read("a\n\(two)\n\(one)\n", [("a", [one])])
        #expect(single.columns[0].map { $0.isNaN ? -1 : $0 } == [-1, 0])
        #expect(single.unseen.first?.labels.map { Array($0.utf8) } == [Array(two.utf8)])
    }

    @Test("text in a numeric column is an error")
    func mistakes() {
        #expect(throws: TableError.notANumber(line: 3, column: "a", token: "x")) {
            try read("a\n1\nx\n", [("a", nil)])
        }
    }

    /// The features of `csv` in the same reading as the training table `training`.
    private func read(_ csv: String, as training: TrainingTable) throws -> FeatureTable {
        let bytes = Array(csv.utf8)
        let sources = training.data.features.map { feature in
            guard case .categorical(let labels) = feature.kind else {
                return FeatureTable.Source(feature: feature.name, labels: nil)
            }
            return FeatureTable.Source(feature: feature.name, labels: labels)
        }
        return try FeatureTable(
            bytes.span,
            features: sources,
            of: training.columns,
            reading: training.reading,
            threads: 1
        )
    }

    /// A training table with 30 rows and the target `y`.
    private func train(_ names: String, _ row: (Int) -> String) throws -> TrainingTable {
        try TrainingTable("\(names)\n" + (0..<30).map { row($0) + "\n" }.joined(), target: "y")
    }

    @Test("a first line with the model's names is the header, whatever it looks like")
    func knownHeader() throws {
        #expect(try read("3,5\n1,2\n7,8\n", [("5", nil), ("3", nil)]).columns == [[2, 8], [1, 7]])
    }

    @Test("numbers are read in the notation of the training table")
    func notation() throws {
        let training = try train("cost;part;y") { "$\(1 + $0 % 9),\(100 + $0 * 3).50;\($0 % 7);\($0 % 2)" }
        #expect(training.values("cost")?.first == 1_100.5)
        let table = try read("part;cost\n3;\"$1,050.00\"\n4;$9.25\n", as: training)
        #expect(table.columns == [[1_050, 9.25], [3, 4]])
        let thousands = try train("a;b;y") { "\(1 + $0 % 9),\(100 + $0 * 3),000;\($0 % 7);\($0 % 2)" }
        #expect(try read("a;b\n1,050;2\n2,125;3\n", as: thousands).columns[0] == [1_050, 2_125])
    }

    @Test("plain numbers of the training table stay plain: 1,050 is never 1.05")
    func neverDecimals() throws {
        let training = try train("a\tb\ty") { "\($0 * 70)\t\($0 % 7)\t\($0 % 2)" }
        let read = try? read("a\tb\n1,050\t2\n1,190\t3\n", as: training)
        #expect(read == nil || read?.columns[0] == [1_050, 1_190])
    }

    @Test("a date gives its parts, with the first date of the training table as origin")
    func dates() throws {
        let training = try TrainingTable("when", rows: 28) {
            "2021-02-\($0 < 9 ? "0" : "")\($0 + 1) 0\($0 % 5):30"
        }
        let table = try read(
            "when\n2021-03-01 06:15\n\"\"\n2021-03-02 07:45\n2021-03-03 07:45\n",
            as: training
        )
        let names = training.data.features.map(\.name)
        let hour = try #require(names.firstIndex(of: "when_hour"))
        let elapsed = try #require(names.firstIndex(of: "when_elapsed"))
        #expect(table.columns[hour][0] == 6 && table.columns[hour][1].isNaN)
        let days = 28 + 5.75 / 24
        #expect(abs(table.columns[elapsed][0] - Float(days)) < 0.001)
    }

    @Test("a cell that is no date is an error, if the training table had no such cell", arguments: [1, 30])
    func noDate(_ dates: Int) throws {
        let training = try TrainingTable("when", rows: 28) { "2021-02-\($0 < 9 ? "0" : "")\($0 + 1)" }
        let rows = (0..<dates).map { "2021-03-\($0 + 1)\n" }.joined()
        #expect(throws: TableError.notANumber(line: dates + 2, column: "when", token: "unknown")) {
            try read("when\n\(rows)unknown\n", as: training)
        }
    }

    @Test("words that count as missing in the training table do so here")
    func missingWords() throws {
        let training = try TrainingTable(
            "a,kind,y\n"
                + (0..<40).map { "\($0 % 9 == 4 ? "NA" : "\($0)"),\(["oak", "NA"][$0 % 2]),\($0 % 2)\n" }
                .joined(),
            target: "y"
        )
        let table = try read("a,kind\n4,NA\n5,oak\n", as: training)
        #expect(table.unseen.isEmpty)
        #expect(table.columns.last?.map { $0.isNaN ? -1 : $0 } == [-1, 0])
    }

    @Test("few odd cells count as missing if the training table had some")
    func odd() throws {
        let training = try TrainingTable("a,b", rows: 60) { "\($0 == 9 ? "lost" : "\($0 * $0)"),\($0 % 7)" }
        let table = try read("a,b\n4,1\ngone,2\n9,3\n", as: training)
        #expect(table.columns[0].map { $0.isNaN ? -1 : $0 } == [4, -1, 9])
    }

    @Test("numbers are shifted as in the training table")
    func scaling() throws {
        let training = try TrainingTable("a,b", rows: 40) { "\(1_700_000_000_000 + 3 * $0),\($0 % 7)" }
        let table = try read("a,b\n1700000000006,1\n1700000000009,1\n", as: training)
        #expect(table.columns[0][1] - table.columns[0][0] == 3)
        #expect(table.columns[0][0] == training.feature("a")?.values[2])
    }

    @Test("a table in another encoding is converted, and said")
    func encoded() throws {
        let text = "größe,art\n4,Öhr\n7,Ähre\n2,Öhr\n5,Süß\n"
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        let sources = [
            FeatureTable.Source(feature: "größe", labels: nil),
            FeatureTable.Source(feature: "art", labels: ["Ähre", "Öhr"]),
        ]
        let table = try FeatureTable(bytes.span, features: sources, threads: 1)
        #expect(table.columns[0] == [4, 7, 2, 5])
        #expect(table.columns[1].map { $0.isNaN ? -1 : $0 } == [1, 0, 1, -1])
        #expect(table.notes.first?.contains("the file is read as") == true)
    }
}
