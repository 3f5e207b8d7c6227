import Testing

@testable import Tables

@Suite("Dates of a table to predict")
struct OtherDateTests {
    private func read(_ cells: [String]) throws -> (months: [Float], notes: [String]) {
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
        return (table.columns[0], table.notes)
    }

    @Test(
        "have the day where the training table had it, whatever the signs between",
        arguments: ["5/4/2021", "05/04/2021", "05-04-2021", "5.4.2021", "05/04/2021 00:00", "5-4-21"]
    )
    func order(_ cell: String) throws {
        #expect(try read([cell, cell]).months == [4, 4])
    }

    @Test("are read by their own order if only that is possible, and a note says so")
    func otherOrder() throws {
        let table = try read(["12/25/2020", "05/06/2020"])
        #expect(table.months == [12, 5])
        #expect(table.notes == ["column \"day\" is read as dates as month/day/year"])
    }
}
