import Tables
import Testing

@testable import Trainer

@Suite("Splits and folds")
struct SplitTests {
    private func data(_ labels: [UInt16], classes: Int) -> Dataset {
        let target = Target.classification(classes: (0..<classes).map { "c\($0)" }, labels: labels)
        return Dataset(targetName: "y", features: [], target: target, rows: labels.count)
    }

    private func numbers(_ rows: Int) -> Dataset {
        let target = Target.regression(values: (0..<rows).map(Double.init))
        return Dataset(targetName: "y", features: [], target: target, rows: rows)
    }

    @Test(
        "a split has the requested size and the proportions of the classes",
        arguments: [0.1, 0.2, 0.33, 0.5]
    )
    func proportions(_ share: Double) throws {
        let labels = (0..<200).map { UInt16($0 % 10 < 6 ? 0 : $0 % 10 < 9 ? 1 : 2) }
        let split = try TrainTestSplit(data(labels, classes: 3), share: share, seed: 1)
        #expect(split.test.count == Int((share * 200).rounded(.up)))
        #expect(Set(split.train).isDisjoint(with: split.test))
        #expect(split.train.count + split.test.count == 200)
        for (label, rows) in [120, 60, 20].enumerated() {
            let held = split.test.count { labels[$0] == UInt16(label) }
            #expect(abs(Double(held) - share * Double(rows)) <= 1)
        }
    }

    @Test("the only row of a class is a training row")
    func rareClass() throws {
        let split = try TrainTestSplit(data([0, 0, 0, 0, 0, 1], classes: 2), share: 0.5, seed: 3)
        #expect(split.train.contains(5))
        #expect(split.test.count == 3)
    }

    @Test("a regression is split at random, and the same seed gives the same split")
    func regression() throws {
        let split = try TrainTestSplit(numbers(101), share: 0.2, seed: 7)
        #expect(split.test.count == 21)
        #expect(Set(split.train).union(split.test) == Set(0..<101))
        #expect(try TrainTestSplit(numbers(101), share: 0.2, seed: 7) == split)
        #expect(try TrainTestSplit(numbers(101), share: 0.2, seed: 8) != split)
    }

    @Test("a share of 0 holds out no row, and too few rows cannot be split")
    func edges() throws {
        #expect(try TrainTestSplit(numbers(3), share: 0, seed: 1).train == [0, 1, 2])
        #expect(throws: TrainingError.tooFewRows(rows: 1)) {
            try TrainTestSplit(numbers(1), share: 0.2, seed: 1)
        }
        #expect(throws: TrainingError.tooFewRows(rows: 2)) {
            try TrainTestSplit(data([0, 1], classes: 2), share: 0.2, seed: 1)
        }
    }

    @Test("folds differ by at most one row, in total and per class")
    func folds() {
        let labels = (0..<103).map { UInt16($0 % 4 == 0 ? 1 : 0) }
        let folds = CrossValidation.folds(data(labels, classes: 2), count: 5, seed: 2)
        for fold in 0..<5 {
            let rows = folds.indices.filter { folds[$0] == fold }
            #expect((20...21).contains(rows.count))
            #expect((5...6).contains(rows.count { labels[$0] == 1 }))
        }
    }

    @Test("each row is tested once, by a model that is not trained on it")
    func crossValidation() throws {
        var tested: [Int] = []
        let validation = try CrossValidation(numbers(23), folds: 4, seed: 1) { train, test in
            #expect(Set(train).isDisjoint(with: test))
            #expect(train.count + test.count == 23)
            tested += test
            let errors = test.map { _ in Double(tested.count) }
            return .regression(RegressionScores(truth: errors.map { $0 + 1 }, predicted: errors, baseline: 0))
        }
        #expect(tested.sorted() == Array(0..<23))
        #expect(validation.scores.map(\.name) == ["R²", "RMSE", "mean error"])
        #expect(validation.scores[1].values == [1, 1, 1, 1])
        #expect(validation.scores[1].deviation == 0)
        #expect(throws: TrainingError.tooFewRows(rows: 3)) {
            try CrossValidation(numbers(3), folds: 4, seed: 1) { _, _ in nil }
        }
    }

    @Test("a cross-validation in which no fold has scores throws")
    func unscoredFolds() {
        #expect(throws: TrainingError.unscoredFolds(folds: 4)) {
            try CrossValidation(numbers(8), folds: 4, seed: 1) { _, _ in nil }
        }
    }

    @Test("the standard deviation is that of a sample")
    func deviation() {
        #expect([1.0, 2, 3, 4].mean == 2.5)
        #expect(abs([1.0, 2, 3, 4].deviation - 1.2909944487358056) < 1e-15)
        #expect([1.0].deviation == 0)
    }
}
