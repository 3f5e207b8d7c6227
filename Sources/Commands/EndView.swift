import Contract
import Foundation
import Store
import Telegram

/// How the end of a run is told: with what came out of it, or why nothing did and what to do.
struct EndView {
    let run: RunAndJob
    let policy: ChatPolicy

    var text: HTMLText {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?): success(result)
        case (.cancelled, _): .bold("Run \(run.number)") + " was cancelled."
        default: failure
        }
    }

    var keyboard: InlineKeyboard? {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?):
            let download = policy.link(to: result.model.id).map { InlineButton.url("⬇️ Model", $0) }
            return InlineKeyboard([
                [download, .copy("📋 Copy ID", "\(result.model.id)")].compactMap(\.self),
                [.action("🔁 Train again", .again(run.number)), .action("📄 Logs", .logs(run.number))],
            ])
        default:
            return InlineKeyboard([
                [
                    .action("🔁 Retry", .again(run.number), style: .primary),
                    .action("📄 Logs", .logs(run.number)),
                ]
            ])
        }
    }

    private func success(_ result: TrainResult) -> HTMLText {
        .bold("Run \(run.number) finished") + " · accuracy " + .bold(Phrase.percent(result.metrics.accuracy))
            + "\n"
            + .block(table(result.metrics)) + .plain("\nModel · \(Phrase.size(result.model.size))\n")
            + .code("\(result.model.id)") + "\nReceipt\n" + .code("\(result.receipt.id)")
    }

    private func table(_ metrics: TrainMetrics) -> String {
        var rows = [
            ("accuracy", Phrase.percent(metrics.accuracy)),
            ("macro F1", Phrase.percent(metrics.macroF1)),
            ("out of bag", metrics.outOfBagScore.map(Phrase.percent) ?? "–"),
            ("baseline", Phrase.percent(metrics.baselineAccuracy)),
            ("rows", "\(metrics.trainRows) to learn, \(metrics.testRows) to test"),
            ("target", "\(metrics.target), \(metrics.classes.count) classes"),
        ]
        if let best = metrics.importance.first {
            rows.append(("looks at", "\(best.feature) (\(Phrase.percent(best.share)))"))
        }
        return rows.map { $0.0.padding(toLength: 11, withPad: " ", startingAt: 0) + $0.1 }.joined(
            separator: "\n"
        )
    }

    private var failure: HTMLText {
        let failure = run.job.failure
        let phase = failure?.phase.map { " while \($0.rawValue)" } ?? ""
        return .bold("Run \(run.number) failed")
            + .plain("\(phase): \(failure?.reason ?? "nobody knows why")\n\n")
            + .bold("What you can do:") + .plain(" \(failure?.advice ?? "try again with /retry.")")
    }
}
