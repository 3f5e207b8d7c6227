import Tables
import Testing

@testable import Trainer

@Suite("Warnings about a table")
struct DataCheckTests {
    /// Forty rows with two features that are unrelated to the target, the feature `extra` and the target.
    private func table(_ cell: (Int) -> String, target: (Int) -> String = { $0 % 3 == 0 ? "p" : "q" })
        -> String
    {
        "a,b,extra,y\n"
            + (0..<40).map { "\($0 * 7 % 11),\($0 * $0 % 17),\(cell($0)),\(target($0))\n" }.joined()
    }

    private func warnings(_ csv: String) throws -> [String] {
        let bytes = Array(csv.utf8)
        return DataChecks(try TrainingTable(bytes.span, threads: 2).data, threads: 2).warnings
    }

    @Test("an ordinary table has no warnings")
    func none() throws {
        #expect(try warnings(table { "\($0 * 5 % 13)" }) == [])
    }

    @Test("duplicate rows are counted")
    func duplicates() throws {
        let csv = table { "\($0 * 5 % 13)" }
        let twice = csv + csv.split(separator: "\n").dropFirst().prefix(3).joined(separator: "\n")
        // No column has many values, so that equal rows are a matter of chance.
        #expect(try warnings(twice) == [])
        #expect(
            try warnings(String(decoding: Fixture.iris, as: UTF8.self)).first
                == "3 rows duplicate others in all features and the target; "
                + "holdout=group:petal_length keeps equal rows together"
        )
    }

    @Test("integers that only rise or only fall may be an identifier", arguments: [1, -1, 10])
    func identifier(_ step: Int) throws {
        let warnings = try warnings(table { "\(1_000 + step * $0 + $0 / 7 * step.signum())" })
        #expect(
            warnings == [
                "column \"extra\" only rises or only falls from row to row: if it is an identifier, say ignore=extra"
            ]
        )
    }

    @Test("a column that alone determines the target gets a warning, for classes and for numbers")
    func leak() throws {
        let sentence =
            "column \"extra\" alone determines the target: if it is known only after the target, say ignore=extra"
        #expect(try warnings(table { $0 % 3 == 0 ? "5" : "6" }).contains(sentence))
        #expect(try !warnings(table { $0 % 3 == 0 ? "5" : $0 % 4 == 0 ? "5" : "6" }).contains(sentence))
        let numbers = table({ "\($0 * 5 % 13)" }, target: { "\(Double($0 * 5 % 13) * 2 + 0.5)" })
        #expect(try warnings(numbers).contains(sentence))
        #expect(try warnings(table { $0 % 5 == 0 ? "" : $0 % 3 == 0 ? "5" : "6" }).contains(sentence))
        let gaps = table(
            { $0 % 5 == 0 ? "" : "\($0 * 5 % 13)" },
            target: { "\(Double($0 * 5 % 13) * 2 + 0.5)" }
        )
        #expect(try warnings(gaps).contains(sentence))
        #expect(try !warnings(table { $0 % 3 == 0 ? "" : "6" }).contains(sentence))
    }

    @Test("few rows, and fewer rows than features, get warnings")
    func few() throws {
        let warnings = try warnings("a,b,c,y\n1,5,2,p\n2,3,2,q\n")
        #expect(warnings.contains("only 2 rows: the scores are imprecise; folds=5 tests all rows"))
        #expect(warnings.contains { $0.hasPrefix("there are fewer rows (2) than features (3); leave out") })
    }

    @Test(
        "a part of a date is ignored by the name of the date, and the order of dates is left to the reader"
    )
    func dates() throws {
        let rows = (0..<40).map {
            "2021-\($0 < 20 ? "01" : "02")-\(10 + $0 % 20 / 2),\($0 * $0 % 17),\($0 < 20 ? "p" : "q")\n"
        }
        let sorted = (0..<40).map { "20\(10 + $0)-01-0\($0 % 7 + 1),\($0 * $0 % 17),\($0 % 3)\n" }
        func checks(_ rows: [String]) throws -> [String] {
            let bytes = Array(("the day,a,y\n" + rows.joined()).utf8)
            let table = try TrainingTable(bytes.span, threads: 2)
            return DataChecks(table.data, table.reading, threads: 2).warnings
        }
        #expect(try checks(rows).contains { $0.hasSuffix("say ignore=\"the day\"") })
        #expect(try !checks(sorted).contains { $0.contains("only rises") })
    }
}
