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

    @Test("a split by time holds out the last rows, in whatever order they are")
    func time() throws {
        let order = (0..<40).map { Double($0 * 7 % 40) }
        let split = try TrainTestSplit(numbers(40), share: 0.25, seed: 1, order: order)
        #expect(Set(split.test.map { order[$0] }) == Set((30..<40).map(Double.init)))
        #expect(split.train == split.train.sorted() && split.test == split.test.sorted())
        #expect(split.train.count == 30)
    }

    @Test("rows of one time stay on one side, and rows without a time are trained on")
    func equalTimes() throws {
        let days: [Double] = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3]
        #expect(try TrainTestSplit(numbers(10), share: 0.1, seed: 1, order: days).test == [7, 8, 9])
        #expect(try TrainTestSplit(numbers(10), share: 0.6, seed: 1, order: days).test == Array(3..<10))
        let gaps: [Double] = [5, .nan, 5, .nan]
        #expect(try TrainTestSplit(numbers(4), share: 0.1, seed: 1, order: gaps).test == [0, 2])
        for times in [[4.0, 4, 4], [.nan, .nan, .nan]] {
            #expect(throws: TrainingError.oneTime) {
                try TrainTestSplit(numbers(3), share: 0.3, seed: 1, order: times)
            }
        }
    }

    @Test("a class whose rows are all among the last is named")
    func lateClass() throws {
        let late = data([0, 0, 1, 0, 2, 2], classes: 3)
        let order = (0..<6).map(Double.init)
        #expect(throws: TrainingError.lateClasses(["c2"])) {
            try TrainTestSplit(late, share: 0.3, seed: 1, order: order)
        }
        #expect(try TrainTestSplit(late, share: 0.1, seed: 1, order: order).test == [5])
    }

    @Test("a split by groups holds out whole groups, about as many rows as asked", arguments: UInt64(0)..<20)
    func groups(_ seed: UInt64) throws {
        let groups = (0..<300).map { $0 * $0 % 37 }
        let split = try TrainTestSplit(numbers(300), share: 0.2, seed: seed, groups: groups)
        #expect(Set(split.train.map { groups[$0] }).isDisjoint(with: split.test.map { groups[$0] }))
        #expect((45...75).contains(split.test.count), "\(split.test.count)")
        #expect(try TrainTestSplit(numbers(300), share: 0.2, seed: seed, groups: groups) == split)
    }

    @Test("of large groups the smallest is held out, and no group that has all rows of a class")
    func largeGroups() throws {
        let sizes = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
        for seed in UInt64(0)..<8 {
            let split = try TrainTestSplit(numbers(12), share: 0.05, seed: seed, groups: sizes)
            #expect(split.test == [9, 10, 11])
            let labels = sizes.map { UInt16($0 == 2 ? 1 : 0) }
            let classes = try TrainTestSplit(data(labels, classes: 2), share: 0.05, seed: seed, groups: sizes)
            #expect(classes.test == [5, 6, 7, 8])
        }
        for groups in [[3, 3, 3, 3], [1, 1, 2, 2]] {
            let found = Set(groups).count
            #expect(throws: TrainingError.noGroupToHoldOut(groups: found)) {
                try TrainTestSplit(data([0, 0, 1, 1], classes: 2), share: 0.3, seed: 1, groups: groups)
            }
        }
    }

    @Test("a holdout whose column was not read is refused")
    func unread() throws {
        var table = numbers(20)
        #expect(throws: TrainingError.noTimes) {
            try TrainTestSplit(table, share: 0.2, seed: 1, holdout: .time)
        }
        #expect(throws: TrainingError.noGroups(column: "shop")) {
            try TrainTestSplit(table, share: 0.2, seed: 1, holdout: .group("shop"))
        }
        table.time = (0..<20).map(Double.init)
        table.group = (0..<20).map { $0 / 4 }
        let last = try TrainTestSplit(table, share: 0.2, seed: 1, holdout: .time)
        #expect(last.test == [16, 17, 18, 19])
        let whole = try TrainTestSplit(table, share: 0.2, seed: 1, holdout: .group("shop"))
        #expect(Set(whole.test.map { $0 / 4 }).count == 1 && whole.test.count == 4)
        #expect(
            try TrainTestSplit(table, share: 0.2, seed: 1, holdout: .random)
                == TrainTestSplit(table, share: 0.2, seed: 1)
        )
    }

    @Test("each group is in one fold, and the folds have nearly as many rows")
    func groupedFolds() throws {
        let groups = (0..<200).map { $0 * $0 % 41 }
        var sizes: [Int] = []
        _ = try CrossValidation(numbers(200), folds: 4, seed: 3, groups: groups) { train, test in
            #expect(Set(train.map { groups[$0] }).isDisjoint(with: test.map { groups[$0] }))
            sizes.append(test.count)
            return .regression(RegressionScores(truth: [1, 2], predicted: [1, 2], baseline: 0))
        }
        #expect(sizes.reduce(0, +) == 200)
        #expect(sizes.allSatisfy { (40...60).contains($0) }, "\(sizes)")
        #expect(throws: TrainingError.fewerGroupsThanFolds(groups: 2, folds: 3)) {
            try CrossValidation(numbers(6), folds: 3, seed: 1, groups: [1, 1, 2, 2, 2, 2]) { _, _ in nil }
        }
    }

    @Test("a cross-validation does not go with a holdout by time")
    func foldsOfTimes() throws {
        var parameters = LearningParameters()
        parameters.holdout = .time
        var options = EvaluationOptions()
        options.folds = 3
        let csv = Array("a,b\n1,x\n2,y\n".utf8)
        #expect(throws: TrainingError.foldsOfTimes) {
            try ModelTrainer(parameters, evaluation: options, threads: 1).train(csv: csv.span)
        }
    }

    @Test("the model's file names the holdout and the weights, where they are given")
    func settings() {
        var parameters = LearningParameters()
        #expect(parameters.settings["holdout"] == nil && parameters.settings["sample_weight"] == nil)
        (parameters.holdout, parameters.sampleWeight) = (.group("Store ID"), "w")
        #expect(parameters.settings["holdout"] == "group:Store ID")
        #expect(parameters.settings["sample_weight"] == "w")
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
