import Testing

@testable import Trainer

@Suite("Splits, votes and scores")
struct MetricsTests {
    @Test(
        "a split keeps the proportions of the classes and the size that was asked for",
        arguments: [0.1, 0.2, 0.33, 0.5]
    )
    func split(_ share: Double) throws {
        let labels = (0..<200).map { UInt16($0 % 10 < 6 ? 0 : $0 % 10 < 9 ? 1 : 2) }
        let split = try StratifiedSplit(labels: labels, classes: 3, share: share, seed: 1)
        #expect(split.test.count == Int((share * 200).rounded(.up)))
        #expect(Set(split.train).isDisjoint(with: split.test))
        #expect(split.train.count + split.test.count == 200)
        for (label, rows) in [120, 60, 20].enumerated() {
            let held = split.test.count { labels[$0] == UInt16(label) }
            #expect(abs(Double(held) - share * Double(rows)) <= 1)
        }
    }

    @Test("a class with one row is learnt from, never held back")
    func rareClass() throws {
        let labels: [UInt16] = [0, 0, 0, 0, 0, 1]
        let split = try StratifiedSplit(labels: labels, classes: 2, share: 0.5, seed: 3)
        #expect(split.train.contains(5))
        #expect(split.test.count == 3)
    }

    @Test("scores are those of scikit-learn")
    func scores() {
        // sklearn.metrics over y_true = [0,0,0,1,1,2], y_pred = [0,0,1,1,2,0], by hand from the definitions.
        let scores = ClassificationScores(
            truth: [0, 0, 0, 1, 1, 2],
            predicted: [0, 0, 1, 1, 2, 0],
            classes: 3
        )
        #expect(scores.confusion == [[2, 1, 0], [0, 1, 1], [1, 0, 0]])
        #expect(scores.accuracy == 0.5)
        #expect(abs(scores.macroF1 - (2.0 / 3 + 0.5 + 0) / 3) < 1e-12)
        #expect(abs(scores.precision(0) - 2.0 / 3) < 1e-12)
        #expect(scores.recall(2) == 0)
    }

    @Test("a leaf hands out exactly its units, ties to the lower class")
    func votes() {
        #expect(VoteUnits.share(65_536, by: [1, 1, 1]) == [21_846, 21_845, 21_845])
        #expect(VoteUnits.share(65_536, by: [0, 5]) == [0, 65_536])
        for trees in [1, 2, 100, 256, 257, 1_000, 10_000] {
            #expect(VoteUnits.perLeaf(trees: trees) * trees <= 1 << 24)
        }
    }
}
