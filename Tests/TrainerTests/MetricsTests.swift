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

    @Test("a threshold lies in the gap, or on its lower end where there is no room")
    func thresholds() {
        #expect(Threshold.between(1, 2) == 1.5)
        #expect(Threshold.between(1, Float(1).nextUp) == 1)
        #expect(Threshold.between(-.greatestFiniteMagnitude, .greatestFiniteMagnitude) == 0)
    }

    @Test("with up to 255 distinct values each has a bin of its own, else bins are quantiles")
    func bins() {
        let few = BinnedFeatures([(0..<1_000).map { Float($0 % 200) }], rows: Array(0..<1_000)).columns[0]
        #expect(few.least == few.greatest)
        #expect(few.bins.max() == 199)
        let many = BinnedFeatures([(0..<10_000).map { Float($0) }], rows: Array(0..<10_000)).columns[0]
        #expect(many.least.count <= 255)
        #expect(zip(many.greatest, many.least.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("the histogram's cut is the best of all cuts tried one by one")
    func histogram() {
        var generator = SplitMix64(77)
        for _ in 0..<200 {
            let rows = (0..<30).map { _ in
                (bin: UInt8(generator.below(12)), label: UInt16(generator.below(3)))
            }
            var histogram = BinHistogram(classes: 3)
            for row in rows { histogram.add(bin: row.bin, label: row.label, weight: 1) }
            let totals = (0..<3).map { label in rows.count { $0.label == UInt16(label) } }
            let cut = histogram.takeBestCut(totals: totals, rows: rows.count)
            let plain = (0..<12).compactMap { bin -> Double? in
                let left = rows.filter { Int($0.bin) <= bin }
                let right = rows.filter { Int($0.bin) > bin }
                guard !left.isEmpty, !right.isEmpty else { return nil }
                return purity(left.map(\.label)) + purity(right.map(\.label))
            }.max()
            #expect(cut?.score == plain)
        }
    }

    private func purity(_ labels: [UInt16]) -> Double {
        let squares = (0..<3).reduce(0) { sum, label in
            let count = labels.count { $0 == UInt16(label) }
            return sum + count * count
        }
        return Double(squares) / Double(labels.count)
    }
}
