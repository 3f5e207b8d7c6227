import Contract
import Foundation
import Telegram

/// Texts about the metrics of a model.
enum MetricsText {
    /// The most important metric: its name and value.
    static func headline(_ metrics: TrainMetrics) -> (name: String, value: String) {
        if let figures = metrics.figures {
            return figures.first.map { (ShownName.line($0.name), number($0.value)) } ?? ("model", "trained")
        }
        if let accuracy = metrics.accuracy { return ("accuracy", Phrase.percent(accuracy)) }
        if let regression = metrics.regression { return ("R²", number(regression.r2)) }
        let name = metrics.classes.isEmpty ? "out-of-bag R²" : "out-of-bag accuracy"
        return (name, outOfBag(metrics) ?? "not measured")
    }

    /// The line below the headline: scores, the target and, except for a regression, the rows.
    static func subtitle(_ metrics: TrainMetrics) -> String {
        // Both scores of a regression may be long, so the rows are only in the text below the picture.
        if let regression = metrics.regression {
            let scores = "RMSE \(number(regression.rmse)), baseline \(number(regression.baselineRMSE))"
            return "\(scores) · \(ShownName.line(metrics.target))"
        }
        let baseline = metrics.baselineAccuracy.map { "baseline \(Phrase.percent($0))" }
        let rows =
            "\(Phrase.count(metrics.trainRows, "training row")), \(Phrase.number(metrics.testRows)) held out"
        return [baseline, ShownName.line(metrics.target), rows].compactMap(\.self).joined(separator: " · ")
    }

    /// How many characters of a monospaced line fit on the screen of a phone.
    private static let width = 34

    /// A table of all metrics, for a monospaced block.
    static func table(_ metrics: TrainMetrics) -> String {
        if let figures = metrics.figures {
            return lines(figures.map { (ShownName.line($0.name), number($0.value)) })
        }
        let scores: [(String, String?)] =
            if let regression = metrics.regression {
                [
                    ("R²", number(regression.r2)), ("RMSE", number(regression.rmse)),
                    ("mean absolute error", number(regression.mae)), ("out-of-bag R²", outOfBag(metrics)),
                    ("baseline RMSE", number(regression.baselineRMSE)),
                    ("", "always predicting the mean"),
                ]
            } else {
                [
                    ("accuracy", metrics.accuracy.map(Phrase.percent)),
                    ("macro F1", metrics.macroF1.map(Phrase.percent)),
                    ("out-of-bag accuracy", outOfBag(metrics)),
                    ("baseline accuracy", metrics.baselineAccuracy.map(Phrase.percent)),
                    ("", metrics.baselineAccuracy.map { _ in "always the most frequent class" }),
                ]
            }
        let kinds =
            metrics.classes.isEmpty ? "a number" : Phrase.count(metrics.classes.count, "class", "classes")
        return lines(
            scores + [
                ("training rows", Phrase.number(metrics.trainRows)),
                ("held-out rows", Phrase.number(metrics.testRows)),
                ("target", "\(ShownName.line(metrics.target)), \(kinds)"),
                (
                    "top feature",
                    metrics.importance.first.map {
                        "\(ShownName.line($0.feature)) (\(Phrase.percent($0.share)))"
                    }
                ),
            ]
        )
    }

    /// Names and values in two columns.
    ///
    /// A value that is too long for its column is on the line below its name. A value without a name is also on a line
    /// of its own.
    private static func lines(_ rows: [(name: String, value: String?)]) -> String {
        let column = (rows.map(\.name.count).max() ?? 0) + 1
        return rows.compactMap { name, value in
            guard let value else { return nil }
            if name.isEmpty { return "  \(value)" }
            let isLong = column + value.count > width
            return isLong
                ? "\(name)\n  \(value)" : name.padding(toLength: column, withPad: " ", startingAt: 0) + value
        }.joined(separator: "\n")
    }

    private static func outOfBag(_ metrics: TrainMetrics) -> String? {
        metrics.outOfBagScore.map(metrics.classes.isEmpty ? number : Phrase.percent)
    }

    /// The value with four significant digits; from 1,000 to 1e15, rounded to an integer with all its digits.
    private static func number(_ value: Double) -> String {
        (1_000..<1e15).contains(abs(value))
            ? Phrase.number(Int(value.rounded())) : String(format: "%.4g", value)
    }
}
