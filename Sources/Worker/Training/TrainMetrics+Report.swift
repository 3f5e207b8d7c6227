import Contract
import Tables
import Trainer

extension TrainMetrics {
    /// Takes from the trainer's report the metrics that receipts and the chat show.
    init(_ report: Report) {
        self.init(
            target: report.target,
            classes: report.classes,
            trainRows: report.trainRows,
            testRows: report.testRows,
            accuracy: report.classification?.accuracy,
            macroF1: report.classification?.macroF1,
            baselineAccuracy: report.classification?.baselineAccuracy,
            regression: report.regression.map {
                .init(rmse: $0.rmse, baselineRMSE: $0.baselineRMSE, mae: $0.mae, r2: $0.r2)
            },
            outOfBagScore: report.outOfBagScore,
            confusion: report.classification?.confusion ?? [],
            importance: report.importance.map { .init(feature: $0.feature, share: $0.share) }
        )
        curve = report.learningCurve.points.map { CurvePoint(trees: $0.trees, score: $0.score) }
        examples = report.regression?.examples.map { Example(truth: $0.truth, predicted: $0.predicted) }
        linearScore = report.linearScore
        reading = report.decisions
        columns = report.reading.columnNames(of: report.features)
    }
}
