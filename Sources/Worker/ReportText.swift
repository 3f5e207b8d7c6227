import Foundation
import Tables
import Trainer

/// A report as people read it in a terminal: the headline, what it is to be held against, and what to know besides.
struct ReportText {
    private let report: Report

    /// Tables longer than this are for the file.
    private static let shown = 12

    init(_ report: Report) {
        self.report = report
    }

    var text: String {
        let blocks = [
            figures, classes, validation, importance, costs,
            report.decisions.map { Self.line("decided", $0) },
            report.warnings.map { Self.line("warning", $0) },
        ]
        return blocks.joined().joined(separator: "\n")
    }

    private var figures: [String] {
        var lines: [String] = []
        if let scores = report.classification {
            let interval = scores.accuracyInterval.map(Self.percent).joined(separator: " to ")
            lines = [
                Self.line(
                    "accuracy",
                    "\(Self.percent(scores.accuracy)) on \(report.testRows) rows never seen"
                ),
                Self.line("", "\(interval) with 95 % confidence"),
                Self.line(
                    "baseline",
                    "\(Self.percent(scores.baselineAccuracy)) by naming the most frequent class"
                ),
                Self.line(
                    "balanced",
                    scores.balancedAccuracy,
                    against: scores.baseline.balancedAccuracy,
                    Self.percent
                ),
                Self.line("macro F1", scores.macroF1, against: scores.baseline.macroF1, Self.percent),
                Self.line("log loss", scores.logLoss, against: scores.baseline.logLoss, Self.number),
                Self.line("ROC AUC", scores.rocAUC.map(Self.number) ?? "none: \(scores.rocAUCOmitted ?? "")"),
            ]
        } else if let scores = report.regression {
            lines = [
                Self.line("R²", "\(Self.number(scores.r2)) on \(report.testRows) rows never seen"),
                Self.line("RMSE", Self.number(scores.rmse)),
                Self.line("baseline", "\(Self.number(scores.baselineRMSE)) by saying the mean"),
                Self.line("mean error", scores.mae, against: scores.baselineMAE, Self.number),
                Self.line("median error", Self.number(scores.medianAbsoluteError)),
            ]
        } else {
            lines = [Self.line("measured", "nothing: all \(report.trainRows) rows were learnt from")]
        }
        if let score = report.linearScore {
            let isShare = report.task == .classification
            let rows = report.linearRows.map { $0 < report.trainRows ? ", learnt from \($0) rows" : "" } ?? ""
            let figure = isShare ? Self.percent(score) : "R² \(Self.number(score))"
            lines.append(Self.line("linear model", figure + rows))
        }
        if let score = report.outOfBagScore {
            let isShare = report.task == .classification
            lines.append(Self.line("out of bag", isShare ? Self.percent(score) : "R² \(Self.number(score))"))
        }
        return lines
    }

    private var classes: [String] {
        guard let scores = report.classification, report.classes.count <= Self.shown else { return [] }
        return zip(scores.perClass, scores.confusion).map { score, row in
            Self.line(
                "class",
                "\(score.label): precision \(Self.percent(score.precision)), recall \(Self.percent(score.recall)), "
                    + "named as \(row.map(String.init).joined(separator: " "))"
            )
        }
    }

    private var validation: [String] {
        guard let validation = report.crossValidation else { return [] }
        return validation.scores.map {
            Self.line(
                "\(validation.folds) folds",
                "\($0.name) \(Self.number($0.mean)) ± \(Self.number($0.deviation))"
            )
        }
    }

    private var importance: [String] {
        report.importance.prefix(5).map { Self.line("looks at", "\($0.feature) \(Self.percent($0.share))") }
            + (report.permutationImportance ?? []).prefix(5).map {
                Self.line(
                    "without it",
                    "\($0.feature) \(Self.number($0.mean)) less ± \(Self.number($0.deviation))"
                        + (report.testRows == 0 ? ", on the rows learnt from" : "")
                )
            }
    }

    private var costs: [String] {
        let (model, cost) = (report.model, report.cost)
        let shape = "\(model.trees) trees, \(model.leaves) leaves, \(model.depth) deep at most"
        let seconds = [("reading", cost.read), ("learning", cost.fit), ("measuring", cost.measure)]
        return [
            Self.line(
                "rows",
                "\(report.trainRows) learnt from, \(report.testRows) held back, seed \(report.seed)"
            ),
            model.trees > 0 ? Self.line("shape", shape) : nil,
            Self.line(
                "took",
                seconds.map { "\(Self.duration($1)) \($0)" }.joined(separator: ", ")
                    + ", \(cost.peakMemory >> 20) MiB at most"
            ),
        ].compactMap(\.self)
    }

    private static func line(_ name: String, _ text: String) -> String {
        name.padding(toLength: 16, withPad: " ", startingAt: 0) + text
    }

    private static func line(
        _ name: String,
        _ score: Double,
        against baseline: Double,
        _ write: (Double) -> String
    ) -> String {
        line(name, "\(write(score)), baseline \(write(baseline))")
    }

    private static func duration(_ seconds: Double) -> String {
        seconds < 1 ? String(format: "%.1f ms", seconds * 1_000) : String(format: "%.2f s", seconds)
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
    private static func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
