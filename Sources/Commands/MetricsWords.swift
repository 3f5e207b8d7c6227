import Contract
import Foundation

/// How good a model is, in a few words, whatever it learnt.
enum MetricsWords {
    /// The one figure that tells most, and what it is called.
    static func headline(_ metrics: TrainMetrics) -> (name: String, value: String) {
        if let figures = metrics.figures {
            return figures.first.map { ($0.name, number($0.value)) } ?? ("model", "made")
        }
        if let accuracy = metrics.accuracy { return ("accuracy", Phrase.percent(accuracy)) }
        if let regression = metrics.regression { return ("R²", number(regression.r2)) }
        let name = metrics.classes.isEmpty ? "R² out of bag" : "accuracy out of bag"
        return (name, outOfBag(metrics) ?? "not measured")
    }

    /// What the headline is to be held against, and what it is about.
    static func subtitle(_ metrics: TrainMetrics) -> String {
        // Both figures of a regression may be long: how many rows there were stands in the caption.
        if let regression = metrics.regression {
            let scores = "RMSE \(number(regression.rmse)), the mean's \(number(regression.baselineRMSE))"
            return "\(scores) · \(metrics.target)"
        }
        let baseline = metrics.baselineAccuracy.map { "baseline \(Phrase.percent($0))" }
        let rows =
            "\(Phrase.count(metrics.trainRows, "row")) to learn, \(Phrase.number(metrics.testRows)) to test"
        return [baseline, metrics.target, rows].compactMap(\.self).joined(separator: " · ")
    }

    /// Names and figures, one below the other.
    static func table(_ metrics: TrainMetrics) -> String {
        if let figures = metrics.figures { return lines(figures.map { ($0.name, number($0.value)) }) }
        var rows: [(String, String?)] =
            if let regression = metrics.regression {
                [
                    ("R²", number(regression.r2)), ("RMSE", number(regression.rmse)),
                    ("mean error", number(regression.mae)), ("out of bag", outOfBag(metrics)),
                    ("baseline", "RMSE \(number(regression.baselineRMSE))"),
                ]
            } else {
                [
                    ("accuracy", metrics.accuracy.map(Phrase.percent)),
                    ("macro F1", metrics.macroF1.map(Phrase.percent)),
                    ("out of bag", outOfBag(metrics)),
                    ("baseline", metrics.baselineAccuracy.map(Phrase.percent)),
                ]
            }
        let kinds = metrics.classes.isEmpty ? "a number" : "\(metrics.classes.count) classes"
        rows += [
            (
                "rows",
                "\(Phrase.number(metrics.trainRows)) to learn, \(Phrase.number(metrics.testRows)) to test"
            ),
            ("target", "\(metrics.target), \(kinds)"),
            ("looks at", metrics.importance.first.map { "\($0.feature) (\(Phrase.percent($0.share)))" }),
        ]
        return lines(rows)
    }

    private static func lines(_ rows: [(String, String?)]) -> String {
        let width = max(11, (rows.map(\.0.count).max() ?? 0) + 1)
        return rows.compactMap { name, value in
            value.map { name.padding(toLength: width, withPad: " ", startingAt: 0) + $0 }
        }.joined(separator: "\n")
    }

    private static func outOfBag(_ metrics: TrainMetrics) -> String? {
        metrics.outOfBagScore.map(metrics.classes.isEmpty ? number : Phrase.percent)
    }

    /// Four digits that count, or all of those before the point.
    private static func number(_ value: Double) -> String {
        (1_000..<1e15).contains(abs(value))
            ? Phrase.number(Int(value.rounded())) : String(format: "%.4g", value)
    }
}
