import Testing

@testable import Trainer

/// Expected numbers are scikit-learn 1.9.1's on the same rows, printed with `repr`: `accuracy_score`,
/// `balanced_accuracy_score`, `f1_score(average="macro", zero_division=0)`, `precision_recall_fscore_support`, `log_loss`,
/// `roc_auc_score(multi_class="ovr")`, `root mean_squared_error`, `mean_absolute_error`, `median_absolute_error`,
/// `r2_score`; intervals are statsmodels' `proportion_confint(method="wilson")`.
@Suite("Scores agree with scikit-learn")
struct ScoreTests {
    private func scores(
        _ truth: [UInt16],
        _ probabilities: [[Float]],
        frequencies: [Double]
    ) -> ClassificationScores {
        let classes = probabilities[0].indices.map { "c\($0)" }
        return ClassificationScores(
            truth: truth,
            predicted: Predictions.argmax(rows: truth.count, classes: classes.count) {
                probabilities[$0 / classes.count][$0 % classes.count]
            },
            probabilities: Array(probabilities.joined()),
            classes: classes,
            frequencies: frequencies
        )
    }

    private func isClose(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) <= 1e-12 } ?? false
    }

    @Test("for three classes, with ties and zeros among the probabilities")
    func threeClasses() {
        let scores = scores(
            [0, 1, 2, 0, 0, 1, 0, 2, 2, 1, 1, 2],
            [
                [0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.125, 0.25, 0.625], [0, 1, 0], [0.5, 0.375, 0.125],
                [0.25, 0.25, 0.5], [1, 0, 0], [0.375, 0.375, 0.25], [0.125, 0.125, 0.75],
                [0.25, 0.625, 0.125],
                [0.625, 0.25, 0.125], [0, 0.5, 0.5],
            ],
            frequencies: [0.5, 0.25, 0.25]
        )
        #expect(scores.confusion == [[3, 1, 0], [1, 2, 1], [1, 1, 2]])
        #expect(isClose(scores.accuracy, 0.5833333333333334))
        #expect(isClose(scores.balancedAccuracy, 0.5833333333333334))
        #expect(isClose(scores.macroF1, 0.5793650793650793))
        #expect(isClose(scores.logLoss, 3.6835678771383216))
        #expect(isClose(scores.rocAUC, 0.7447916666666666))
        #expect(isClose(scores.perClass[0].precision, 0.6))
        #expect(isClose(scores.perClass[0].recall, 0.75))
        #expect(isClose(scores.perClass[0].f1, 0.6666666666666666))
        #expect(isClose(scores.perClass[2].f1, 0.5714285714285714))
        #expect(scores.perClass.map(\.support) == [4, 4, 4])
        #expect(isClose(scores.baselineAccuracy, 4.0 / 12))
        #expect(isClose(scores.baseline.balancedAccuracy, 1.0 / 3))
        #expect(isClose(scores.baseline.macroF1, 1.0 / 6))
        #expect(isClose(scores.baseline.logLoss, 1.1552453009332422))
    }

    @Test("for two classes")
    func twoClasses() {
        let second: [Float] = [0.9375, 0.5, 0.25, 0.5, 0.75, 0.125, 0.5, 0.0625]
        let scores = scores(
            [1, 1, 0, 0, 1, 0, 1, 1],
            second.map { [1 - $0, $0] },
            frequencies: [0.25, 0.75]
        )
        #expect(isClose(scores.accuracy, 0.625))
        #expect(isClose(scores.balancedAccuracy, 0.7))
        #expect(isClose(scores.macroF1, 0.6190476190476191))
        #expect(isClose(scores.logLoss, 0.7031830403231591))
        #expect(isClose(scores.rocAUC, 0.7333333333333334))
        #expect(scores.baselineAccuracy == 0.625)
    }

    @Test("for a class that never occurs: balanced accuracy ignores it, and there is no ROC curve")
    func missingClass() {
        let scores = scores(
            [0, 0, 1, 1],
            [[1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 0]],
            frequencies: [1, 0, 0]
        )
        #expect(isClose(scores.balancedAccuracy, 0.75))
        #expect(isClose(scores.macroF1, 0.5555555555555555))
        #expect(scores.rocAUC == nil)
        #expect(scores.rocAUCOmitted == "no test row has the class \"c2\"")
    }

    @Test("for the confidence interval of a proportion, which is statsmodels'")
    func wilson() {
        let some = WilsonInterval.bounds(successes: 28, of: 30)
        #expect(isClose(some[0], 0.7867654163738307))
        #expect(isClose(some[1], 0.9815229762087296))
        let all = WilsonInterval.bounds(successes: 30, of: 30)
        #expect(isClose(all[0], 0.8864866068260311))
        #expect(isClose(all[1], 1))
    }

    @Test("for a regression")
    func regression() {
        let truth = [3.5, -0.25, 2, 7, 4.125, 0]
        let predicted = [2.5, 0, 2, 8, 4.5, -1.5]
        let scores = RegressionScores(truth: truth, predicted: predicted, baseline: 1)
        #expect(isClose(scores.rmse, 0.8615030470056388))
        #expect(isClose(scores.mae, 0.6875))
        #expect(isClose(scores.baselineMAE, 2.4791666666666665))
        #expect(isClose(scores.medianAbsoluteError, 0.6875))
        #expect(isClose(scores.r2, 0.8816854632256279))
        let odd = RegressionScores(
            truth: Array(truth.prefix(5)),
            predicted: Array(predicted.prefix(5)),
            baseline: 1
        )
        #expect(isClose(odd.medianAbsoluteError, 0.375))
    }

    @Test("for a constant target: R² is 1 if every prediction is exact, otherwise 0")
    func constant() {
        #expect(RegressionScores(truth: [2, 2], predicted: [2, 2], baseline: 2).r2 == 1)
        #expect(RegressionScores(truth: [2, 2], predicted: [2, 3], baseline: 2).r2 == 0)
        #expect(
            RegressionScores(truth: [1, 3], predicted: [1, 3], baseline: 1).baselineRMSE == 2.0.squareRoot()
        )
    }
}
