import Testing

@testable import Tables

@Suite("Numbers that 32-bit floats cannot tell apart")
struct FloatCases {
    private func csv(_ line: (Int) -> String) -> String {
        CaseTable.text("gauge,b,label", rows: 90) { "\(line($0)),\($0 * 3 % 7),\(["u", "v"][$0 % 2])" }
    }

    static let close = [
        Writing("2^24 and one more") { "\(16_777_216 + $0 % 3)" },
        Writing("below -2^25") { "\(-33_554_432 - $0 % 3)" },
        Writing("long IDs") { "\(7_000_000_000 + $0 % 3)" },
        Writing("thousandths above 100000") { "100000.00\($0 % 3 + 1)" },
        Writing("hundred thousandths above 1000") { "1000.0000\($0 % 3 + 1)" },
        Writing("2^60 and some thousands") { "\(1_152_921_504_606_846_976 + $0 % 3 * 4_096)" },
    ]

    @Test("stay different in a feature, and none is called constant", arguments: close)
    func feature(_ writing: Writing) throws {
        let table = try CaseTable(csv(writing.write))
        let values = try #require(table.numbers("gauge")).compactMap(\.self)
        #expect(Set(values).count == 3)
        #expect(!table.says("constant"))
        #expect(table.says("gauge", "32-bit"))
    }

    @Test("because they are too large are scaled", arguments: ["e39", "e60", "e200", "e300"])
    func large(_ exponent: String) throws {
        let table = try CaseTable(csv { "\($0 % 9 + 1)\(exponent)" })
        let values = try #require(table.numbers("gauge")).compactMap(\.self)
        #expect(Set(values).count == 9)
        #expect(!values.contains { $0.isInfinite })
        #expect(!table.says("constant"))
    }

    @Test("are read in the same way from a new table", arguments: close)
    func prediction(_ writing: Writing) throws {
        let model = try CaseTable(csv(writing.write))
        let input = try model.input(
            CaseTable.text("gauge,b", rows: 12) { "\(writing.write($0)),\($0 * 3 % 7)" }
        )
        let first = try #require(model.numbers("gauge")?.prefix(12))
        #expect(input.columns[0] == first.map { $0 ?? .nan })
    }

    static let targets = [
        Writing("milliseconds since 1970") { "\(1_609_459_200_000 + $0 * 7 % 45 * 2_000)" },
        Writing("rising by 2 from 900 milliards") { "\(900_000_000_000 + $0 * 2)" },
        Writing("falling in large steps of one") { "\(70_000_000_000 - $0 * 7 % 45)" },
    ]

    @Test("are a target with a warning that names it", arguments: targets)
    func target(_ writing: Writing) throws {
        let text = CaseTable.text("a,b,ready", rows: 180) { "\($0 % 60),\($0 * 7 % 10),\(writing.write($0))" }
        let table = try CaseTable(text)
        #expect(table.target == "ready")
        #expect(table.isRegression)
        #expect(table.warns("ready", "32-bit"))
        #expect(Set(table.targetNumbers).count > 40)
    }
}
