import Contract
import Tables
import Testing
import Trainer

@testable import Worker

@Suite("From the settings of a training to the trainer")
struct TrainSettingsTests {
    private func learning(_ settings: [String]) throws -> LearningParameters {
        var parameters = TrainParameters()
        try TrainArgumentParser.apply(settings, to: &parameters)
        return LearningParameters(parameters)
    }

    @Test("columns, missing words and thousands reach the reader")
    func table() throws {
        let table = try learning([
            "ignore=id,\"a, b\"", "types=zip:text,day:date,price:number", "missing=unknown,-999",
            "thousands=apostrophe", "separator=space",
        ]).table
        #expect(table.ignored == ["id", "a, b"])
        #expect(table.types == ["zip": .text, "day": .date, "price": .number])
        #expect(table.missingWords == ["unknown", "-999"])
        #expect(table.thousands == .apostrophe)
        #expect(table.csv.separator == UInt8(ascii: " "))
    }

    @Test("the holdout and the column of weights reach the trainer")
    func rows() throws {
        #expect(try learning(["holdout=random"]).holdout == .random)
        #expect(try learning(["holdout=time"]).holdout == .time)
        #expect(try learning(["holdout=group:Store ID"]).holdout == .group("Store ID"))
        #expect(try learning(["sample_weight=w"]).sampleWeight == "w")
    }

    @Test(
        "each mark of thousands has its reader, and without settings nothing changes",
        arguments: ThousandsMark.allCases
    )
    func defaults(_ mark: ThousandsMark) throws {
        let plain = try learning([])
        #expect((plain.holdout, plain.sampleWeight) == (.random, nil))
        #expect(plain.table.ignored.isEmpty && plain.table.types.isEmpty && plain.table.missingWords.isEmpty)
        #expect(plain.table.thousands == nil)
        #expect(try learning(["thousands=\(mark.rawValue)"]).table.thousands?.rawValue == mark.rawValue)
    }
}
