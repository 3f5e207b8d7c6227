import Testing

@testable import Tables

@Suite("Units of a table to predict")
struct OtherUnitTests {
    /// Reads the column `load` of `cells` by a table in which it was written as `written`.
    private func read(_ cells: [String], trainedOn written: (Int) -> String) throws -> [Float] {
        let rows = (0..<30).map { "\(written($0)),\($0 % 2)\n" }
        let training = try TrainingTable("load,y\n" + rows.joined(), target: "y")
        let bytes = Array(("load\n" + cells.map { "\($0)\n" }.joined()).utf8)
        return try FeatureTable(
            bytes.span,
            features: [FeatureTable.Source(feature: "load", labels: nil)],
            of: training.columns,
            reading: training.reading,
            threads: 1
        ).columns[0]
    }

    @Test("are never taken for others", arguments: ["5000 g", "50 lb", "€50", "50%", "5k"])
    func others(_ cell: String) {
        #expect(throws: TableError.notANumber(line: 2, column: "load", token: cell)) {
            try read([cell, cell], trainedOn: { "\($0 * 3).5 kg" })
        }
    }

    @Test("do not turn fractions into percent")
    func percent() throws {
        #expect(throws: TableError.notANumber(line: 2, column: "load", token: "50%")) {
            try read(["50%", "25%"], trainedOn: { "0.\($0 + 10)" })
        }
    }

    @Test("may be left out, and a currency may come to plain numbers")
    func bare() throws {
        #expect(try read(["7.5", "8.5"], trainedOn: { "\($0 * 3).5 kg" }) == [7.5, 8.5])
        #expect(try read(["$7.50", "$8.50"], trainedOn: { "\($0 * 3).5" }) == [7.5, 8.5])
    }
}

@Suite("A type that a setting names")
struct WrongTypeTests {
    @Test("is refused where no cell has it", arguments: [ColumnType.number, .date])
    func wrong(_ type: ColumnType) {
        let rows = (0..<30).map { "\(["oak", "elm"][$0 % 2]),\($0 * $0 % 7),\($0 % 3)\n" }
        let bytes = Array(("kind,a,y\n" + rows.joined()).utf8)
        var options = TableOptions()
        options.types = ["kind": type]
        #expect(throws: TableError.csv(.wrongType(column: "kind", type: type, text: "oak"))) {
            try TrainingTable(bytes.span, options, threads: 1)
        }
    }
}

@Suite("Dates of a table to predict")
struct OtherDateTests {
    private func months(_ cells: [String]) throws -> [Float] {
        let rows = (0..<60).map { "\(1 + $0 % 28)/\(1 + $0 % 12)/20\(20 + $0 % 3),\($0 % 2)\n" }
        let training = try TrainingTable("day,y\n" + rows.joined(), target: "y")
        let bytes = Array(("day\n" + cells.map { "\($0)\n" }.joined()).utf8)
        let table = try FeatureTable(
            bytes.span,
            features: [FeatureTable.Source(feature: "day_month", labels: nil)],
            of: training.columns,
            reading: training.reading,
            threads: 1
        )
        return table.columns[0]
    }

    @Test(
        "have the day where the training table had it, whatever the signs between",
        arguments: ["5/4/2021", "05/04/2021", "05-04-2021", "5.4.2021", "05/04/2021 00:00", "5-4-21"]
    )
    func order(_ cell: String) throws {
        #expect(try months([cell, cell]) == [4, 4])
    }

    @Test("are read by their own order if only that is possible, and a note says so")
    func otherOrder() throws {
        #expect(try months(["12/25/2020", "05/06/2020"]) == [12, 5])
    }
}
