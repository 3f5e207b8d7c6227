import Tables
import Testing

@testable import Trainer

@Suite("Warnings about a table")
struct DataCheckTests {
    /// Forty rows whose features `a` and `b` tell nothing, with one more feature and a target.
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

    @Test("an ordinary table has none")
    func none() throws {
        #expect(try warnings(table { "\($0 * 5 % 13)" }) == [])
    }

    @Test("rows that come twice are counted")
    func duplicates() throws {
        let csv = table { "\($0 * 5 % 13)" }
        let twice = csv + csv.split(separator: "\n").dropFirst().prefix(3).joined(separator: "\n")
        #expect(try warnings(twice) == ["3 rows repeat others in every column that is learnt from"])
        #expect(
            try warnings(String(decoding: Fixture.iris, as: UTF8.self)).first
                == "3 rows repeat others in every column that is learnt from"
        )
    }

    @Test("a column that counts the rows may be an identifier", arguments: [1, -1, 10])
    func identifier(_ step: Int) throws {
        let warnings = try warnings(table { "\(1_000 + step * $0 + $0 / 7 * step.signum())" })
        #expect(warnings == ["column \"extra\" counts the rows: leave it out if it is an identifier"])
    }

    @Test("a column that alone tells the target may be a leak, for classes and for numbers")
    func leak() throws {
        let sentence = "column \"extra\" alone tells the target: leave it out if it is known only afterwards"
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

    @Test("few rows, and fewer than features, are named")
    func few() throws {
        let warnings = try warnings("a,b,c,y\n1,5,2,p\n2,3,2,q\n")
        #expect(warnings.contains("2 rows are few: trust no figure far"))
        #expect(warnings.contains("there are fewer rows (2) than features (3)"))
    }
}
