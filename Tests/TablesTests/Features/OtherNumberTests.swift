import Testing

@testable import Tables

@Suite("Numbers of a table to predict")
struct OtherNumberTests {
    /// Reads the column `load` of `cells` by a table in which it was written as `written`.
    private func read(
        _ cells: [String],
        separator: String = ",",
        options: CSVOptions = CSVOptions(),
        trainedOn written: (Int) -> String
    ) throws -> [Float] {
        let rows = (0..<30).map { "\(written($0))\(separator)\($0 % 2)\n" }
        let training = try TrainingTable("load\(separator)y\n" + rows.joined(), target: "y")
        let bytes = Array(("load\n" + cells.map { "\($0)\n" }.joined()).utf8)
        return try FeatureTable(
            bytes.span,
            features: [FeatureTable.Source(feature: "load", labels: nil)],
            of: training.columns,
            reading: training.reading,
            options: options,
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

    @Test("have a decimal comma in typed cells, too, if the training table had it")
    func typed() throws {
        var options = CSVOptions()
        (options.separator, options.quote, options.hasHeader) = (UInt8(ascii: ","), UInt8(ascii: "\""), true)
        let cells = ["\"12,5\"", "\"1,234\""]
        let values = try read(cells, separator: ";", options: options) { "\($0 * 2),5" }
        #expect(values == [12.5, 1.234])
    }
}
