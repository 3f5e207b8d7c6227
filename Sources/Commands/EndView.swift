import Contract
import Foundation
import Store
import Telegram

/// How the end of a run is told: with what came out of it, or why nothing did and what to do.
struct EndView {
    let run: RunAndJob
    let policy: ChatPolicy
    /// The last lines of its log.
    var log: [LogLine] = []

    var text: HTMLText {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?): success(result)
        case (.completed, .built(let image)?): ImageWords.built(image, run: run.number, policy: policy)
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
                result.metrics.figures == nil ? [.action("🔮 Try it", .tryIt(run.number))] : [],
                [.action("🔁 Train again", .again(run.number)), .action("📄 Logs", .logs(run.number))],
            ])
        case (.completed, .built(let image)?):
            let link = policy.link(toImage: image.name).map { InlineButton.copy("📋 Copy URL", $0) }
            return InlineKeyboard([[link, .action("📄 Logs", .logs(run.number))].compactMap(\.self)])
        default:
            return InlineKeyboard([
                [
                    .action("🔁 Retry", .again(run.number), style: .primary),
                    .action("📄 Logs", .logs(run.number)),
                ]
            ])
        }
    }

    /// What is drawn of a success; nil where words say all of it.
    var picture: PictureRequest? {
        guard case (.completed, .trained(let result)?) = (run.job.state, run.job.outcome),
            result.metrics.figures == nil
        else { return nil }
        let headline = MetricsWords.headline(result.metrics)
        return PictureRequest(
            title: "Run \(run.number) · \(headline.name) \(headline.value)",
            subtitle: MetricsWords.subtitle(result.metrics),
            metrics: result.metrics
        )
    }

    private func success(_ result: TrainResult) -> HTMLText {
        let headline = MetricsWords.headline(result.metrics)
        return .bold("Run \(run.number) finished") + .plain(" · \(headline.name) ") + .bold(headline.value)
            + "\n"
            + .block(MetricsWords.table(result.metrics))
            + .plain("\nModel · \(ByteCount(result.model.size))\n")
            + .code("\(result.model.id)") + "\nReceipt\n" + .code("\(result.receipt.id)")
    }

    private var failure: HTMLText {
        let failure = run.job.failure
        let phase = failure?.phase.map { " while \($0.rawValue)" } ?? ""
        return .bold("Run \(run.number) failed")
            + .plain("\(phase): \(failure?.reason ?? "nobody knows why")\n\n")
            + .bold("What you can do:") + .plain(" \(failure?.advice ?? "try again with /retry.")")
            + lastLines
    }

    private var lastLines: HTMLText {
        guard !log.isEmpty else { return HTMLText() }
        return "\n" + .block(log.map { String($0.line.prefix(200)) }.joined(separator: "\n"), language: "log")
    }
}
