import Foundation
import Tables
import Testing

@testable import Trainer

@Suite("Reports")
struct ReportTests {
    /// A table whose target depends on `x` and a little noise; with `repeated`, the first half of the rows occurs twice.
    private func table(classes: Bool, repeated: Bool = false) -> [UInt8] {
        var generator = SplitMix64(3)
        let rows = (0..<200).map { _ in
            let (x, noise) = (generator.below(1_000), generator.below(1_000))
            let value = Double(x) + Double(generator.below(100)) / 10
            return "\(x),\(noise),\(classes ? (value > 500 ? "high" : "low") : "\(value)")\n"
        }
        return Array(("x,noise,y\n" + rows.joined() + (repeated ? rows.prefix(100).joined() : "")).utf8)
    }

    private func train(
        _ csv: [UInt8],
        _ parameters: LearningParameters = .init(),
        _ options: EvaluationOptions = .init()
    ) throws -> TrainedModel {
        try ModelTrainer(parameters, evaluation: options, threads: 2).train(csv: csv.span)
    }

    @Test("a classification has its scores and those of a baseline")
    func classification() throws {
        let report = try train(table(classes: true)).report
        let scores = try #require(report.classification)
        #expect(report.regression == nil)
        #expect(report.task == .classification)
        #expect((report.trainRows, report.testRows) == (160, 40))
        #expect(scores.accuracy > 0.9)
        #expect(scores.baselineAccuracy < 0.7)
        #expect(scores.accuracyInterval[0] < scores.accuracy && scores.accuracy <= scores.accuracyInterval[1])
        #expect(try #require(scores.rocAUC) > 0.95)
        #expect(report.importance.map(\.feature) == ["x", "noise"])
        #expect(report.model.trees == 100)
        #expect(report.model.leaves == report.model.nodes / 2 + 50)
        #expect(report.model.depth <= 5)
    }

    @Test("the report has the score of a linear model, unless the model itself is linear")
    func linear() throws {
        // The class depends on the distance from the middle, which no linear model can separate.
        let rows = (0..<300).map { "\($0 % 100),\(25..<75 ~= $0 % 100 ? "in" : "out")\n" }
        let ring = try train(Array(("x,y\n" + rows.joined()).utf8)).report
        #expect(try #require(ring.classification).accuracy == 1)
        #expect(try #require(ring.linearScore) < 0.7)
        let line = try train(table(classes: false)).report
        #expect(try #require(line.linearScore) > 0.999)
        var parameters = LearningParameters()
        parameters.learner = .linear(LinearParameters())
        #expect(try train(table(classes: false), parameters).report.linearScore == nil)
    }

    @Test("trees without a split get a warning")
    func unsplit() throws {
        let (table, start) = (table(classes: true), "no tree has a split")
        let stumps = try train(table, .forest { $0.minSamplesLeaf = 150 }).report
        #expect(stumps.warnings.contains { $0.hasPrefix(start) && $0.contains("say leaf=1") })
        #expect(try !train(table).report.warnings.contains { $0.hasPrefix(start) })
    }

    @Test("a regression has its scores and those of a baseline")
    func regression() throws {
        let report = try train(table(classes: false)).report
        let scores = try #require(report.regression)
        #expect(report.classification == nil)
        #expect(report.classes == [])
        #expect(scores.r2 > 0.95)
        #expect(scores.rmse < scores.baselineRMSE / 4)
        #expect(try #require(report.outOfBagScore) > 0.95)
    }

    @Test("without test rows the model is trained on all rows and has no test scores")
    func everything() throws {
        var parameters = LearningParameters()
        parameters.testShare = 0
        let report = try train(table(classes: true), parameters).report
        #expect((report.trainRows, report.testRows) == (200, 0))
        #expect(report.classification == nil)
        #expect(report.outOfBagScore != nil)
    }

    @Test("cross-validation and permutation importance are computed on request", arguments: [true, false])
    func extras(_ classes: Bool) throws {
        var options = EvaluationOptions()
        (options.folds, options.permutations) = (4, 3)
        let report = try train(table(classes: classes), .forest { $0.trees = 20 }, options).report
        let validation = try #require(report.crossValidation)
        #expect(validation.folds == 4)
        #expect(validation.scores[0].values.count == 4)
        #expect(validation.scores[0].mean > 0.9)
        let importance = try #require(report.permutationImportance)
        #expect(importance.map(\.feature) == ["x", "noise"])
        #expect(importance[0].mean > 0.3)
        #expect(abs(importance[1].mean) < 0.05)
        #expect(try train(table(classes: classes)).report.crossValidation == nil)
    }

    @Test("test rows that duplicate training rows get a warning")
    func leak() throws {
        let warnings = try train(table(classes: true, repeated: true)).report.warnings
        #expect(
            warnings.contains {
                $0.hasPrefix("100 rows duplicate others in all features and the target; holdout=")
            }
        )
        #expect(warnings.contains { $0.contains("test rows duplicate training rows") })
    }

    @Test("a report is equal after encoding as JSON, and equal in a repeated training but for its cost")
    func json() throws {
        let report = try train(table(classes: true)).report
        #expect(try JSONDecoder().decode(Report.self, from: JSONEncoder().encode(report)) == report)
        var again = try train(table(classes: true)).report
        #expect(report.cost.fit > 0)
        again.cost = report.cost
        #expect(again == report)
    }
}
