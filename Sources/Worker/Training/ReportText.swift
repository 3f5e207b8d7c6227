import Foundation
import Tables
import Trainer

/// The report of a training for the terminal: scores beside their baselines, the most important features, and warnings.
struct ReportText {
    private let report: Report

    /// With more classes than this, the report has no lines about single classes.
    private static let maxClasses = 12
    /// The largest number of features that are printed.
    private static let maxFeatures = 5

    init(_ report: Report) {
        self.report = report
    }

    var text: String {
        let blocks = [
            scores, referenceScores, classes, validation, importance, costs,
            report.decisions.map { Self.line("decision", $0) },
            report.warnings.map { Self.line("warning", $0) },
        ]
        return blocks.joined().joined(separator: "\n")
    }

    /// One line: the name in a column of fixed width, then the text.
    static func line(_ name: String, _ text: String) -> String {
        name.padding(toLength: 20, withPad: " ", startingAt: 0) + text
    }

    private var scores: [String] {
        if let scores = report.classification { return lines(of: scores) }
        if let scores = report.regression { return lines(of: scores) }
        return [
            Self.line(
                "scores",
                "none: all \(report.trainRows) rows were used for training, none was held out"
            )
        ]
    }

    private func lines(of scores: ClassificationScores) -> [String] {
        let interval = scores.accuracyInterval.map(Self.percent).joined(separator: " to ")
        return [
            Self.line("accuracy", "\(Self.percent(scores.accuracy)) on \(report.testRows) held-out rows"),
            Self.line("accuracy interval", "\(interval) with 95 % confidence"),
            Self.line(
                "baseline accuracy",
                "\(Self.percent(scores.baselineAccuracy)) by always predicting the most frequent class"
            ),
            Self.line(
                "balanced accuracy",
                scores.balancedAccuracy,
                baseline: scores.baseline.balancedAccuracy,
                Self.percent
            ),
            Self.line("macro F1", scores.macroF1, baseline: scores.baseline.macroF1, Self.percent),
            Self.line("log loss", scores.logLoss, baseline: scores.baseline.logLoss, Self.number),
            Self.line(
                "ROC AUC",
                scores.rocAUC.map(Self.number) ?? "not computed: \(scores.rocAUCOmitted ?? "")"
            ),
        ]
    }

    private func lines(of scores: RegressionScores) -> [String] {
        [
            Self.line("R²", "\(Self.number(scores.r2)) on \(report.testRows) held-out rows"),
            Self.line("RMSE", Self.number(scores.rmse)),
            Self.line("baseline RMSE", "\(Self.number(scores.baselineRMSE)) by always predicting the mean"),
            Self.line("mean abs. error", scores.mae, baseline: scores.baselineMAE, Self.number),
            Self.line("median abs. error", Self.number(scores.medianAbsoluteError)),
        ]
    }

    /// The score of a linear model on the held-out rows, and the score of the forest on its out-of-bag rows.
    private var referenceScores: [String] {
        let isClassification = report.task == .classification
        func text(_ score: Double) -> String {
            isClassification ? Self.percent(score) : "R² \(Self.number(score))"
        }
        var lines: [String] = []
        if let score = report.linearScore {
            let rows = report.linearRows.map { $0 < report.trainRows ? ", trained on \($0) rows" : "" } ?? ""
            lines.append(Self.line("linear model", text(score) + rows))
        }
        if let score = report.outOfBagScore {
            lines.append(Self.line(isClassification ? "out-of-bag accuracy" : "out-of-bag", text(score)))
        }
        return lines
    }

    private var classes: [String] {
        guard let scores = report.classification, report.classes.count <= Self.maxClasses else { return [] }
        return zip(scores.perClass, scores.confusion).map { score, row in
            Self.line(
                "class",
                "\(score.label): precision \(Self.percent(score.precision)), recall \(Self.percent(score.recall)), "
                    + "predicted as \(row.map(String.init).joined(separator: " "))"
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
        let features = report.importance.prefix(Self.maxFeatures).map {
            Self.line("top feature", "\($0.feature) \(Self.percent($0.share))")
        }
        let rows = report.testRows == 0 ? " on the training rows" : ""
        let shuffled = (report.permutationImportance ?? []).prefix(Self.maxFeatures).map {
            Self.line(
                "shuffled feature",
                "\($0.feature) lowers the score by \(Self.number($0.mean)) ± \(Self.number($0.deviation))\(rows)"
            )
        }
        return features + shuffled
    }

    private var costs: [String] {
        let (model, cost) = (report.model, report.cost)
        let size = "\(model.trees) trees, \(model.leaves) leaves, depth at most \(model.depth)"
        let seconds = [("reading", cost.read), ("training", cost.fit), ("scoring", cost.measure)]
        let rows = "\(report.trainRows) for training, \(report.testRows) held out, seed \(report.seed)"
        return [
            Self.line("rows", rows),
            model.trees > 0 ? Self.line("model size", size) : nil,
            Self.line(
                "time",
                seconds.map { "\(Self.duration($1)) \($0)" }.joined(separator: ", ")
                    + "; peak memory \(cost.peakMemory >> 20) MiB"
            ),
        ].compactMap(\.self)
    }

    private static func line(
        _ name: String,
        _ score: Double,
        baseline: Double,
        _ text: (Double) -> String
    ) -> String {
        line(name, "\(text(score)), baseline \(text(baseline))")
    }

    private static func duration(_ seconds: Double) -> String {
        seconds < 1 ? String(format: "%.1f ms", seconds * 1_000) : String(format: "%.2f s", seconds)
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
    private static func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
