import Contract
import Foundation
import Store
import Telegram

/// How the end of a run is told: with what came out of it, or why nothing did and what to do.
struct EndView {
    /// How many lines of the log stand below a failure.
    static let logLines = 8
    /// What those may have, in characters.
    private static let logSize = 800

    let run: RunAndJob
    let policy: ChatPolicy
    /// The end of the log.
    var log: [LogLine] = []

    var text: HTMLText {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?): success(result)
        case (.completed, .verified(let report)?): VerifyWords.told(report, of: run)
        case (.completed, .built(let image)?): ImageWords.built(image, run: run.number, policy: policy)
        case (.discarded, _) where storedFile != nil:
            storedFile.map { FileWords.failure(run.job, $0) } ?? ""
        case (.cancelled, _): .bold("Run \(run.number)") + " was cancelled."
        default: failure
        }
    }

    var keyboard: InlineKeyboard? {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?):
            return InlineKeyboard([
                [download(result.model), .copy("📋 Copy ID", "\(result.model.id)")].compactMap(\.self),
                [
                    result.metrics.figures == nil ? .action("🔮 Try it", .tryIt(run.number)) : nil,
                    .action("🔎 Verify", .verify(.run(run.number))),
                ].compactMap(\.self),
                [again, .action("📄 Logs", .logs(run.number))],
            ])
        case (.completed, .verified?):
            return InlineKeyboard([[again, .action("📄 Logs", .logs(run.number))]])
        case (.cancelled, _):
            return InlineKeyboard([
                [again, .action("📄 Logs", .logs(run.number))]
            ])
        case (.completed, .built(let image)?):
            let link = policy.link(toImage: image.name).map { InlineButton.copy("📋 Copy URL", $0) }
            return InlineKeyboard([[link, .action("📄 Logs", .logs(run.number))].compactMap(\.self)])
        default:
            return InlineKeyboard([
                remedies,
                [.action("📄 Logs", .logs(run.number)), .action("📎 Full log", .fullLog(run.number))],
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

    /// The file that was to be stored; nil of all other runs.
    private var storedFile: ChatFile? {
        if case .store(let arguments) = run.run.work { arguments.file } else { nil }
    }

    private func success(_ result: TrainResult) -> HTMLText {
        let headline = MetricsWords.headline(result.metrics)
        return .bold("Run \(run.number) finished") + .plain(" · \(headline.name) ") + .bold(headline.value)
            + "\n"
            + .block(MetricsWords.table(result.metrics))
            + .plain("\nTook \(took)\nModel · \(ByteCount(result.model.size))\n")
            + .code("\(result.model.id)") + "\nReceipt\n" + .code("\(result.receipt.id)")
    }

    /// As a file where a chat takes one of that size, else from an aggregator.
    private func download(_ model: StoredBlob) -> InlineButton? {
        if model.size <= AnswerFile.limit { return .action("⬇️ Model", .fetch(.run(run.number))) }
        return policy.link(to: model.id).map { .url("⬇️ Model", $0) }
    }

    /// How long it took, and what that may have cost.
    private var took: String {
        let job = run.job
        let time = (job.finishedAt ?? run.run.createdAt).timeIntervalSince(job.startedAt ?? run.run.createdAt)
        let cost = job.price.map { ", for \(PriceWords.dollars($0)) at most" } ?? ""
        return Phrase.duration(max(0, time)) + cost
    }

    private var failure: HTMLText {
        let failure = run.job.failure
        let phase = failure?.phase.map { " while \($0.rawValue)" } ?? ""
        return .bold("Run \(run.number) failed")
            + .plain("\(phase): \(run.job.reason)\n\n")
            + .bold("What you can do:") + .plain(" \(failure?.advice ?? "try again with /retry.")") + tail
    }

    private var tail: HTMLText {
        let lines = LogWords.last(of: log, limit: Self.logSize)
        guard !lines.isEmpty else { return HTMLText() }
        return "\n" + .block(lines.joined(separator: "\n"), language: "log")
    }

    private var again: InlineButton {
        let what =
            switch run.run.work.kind {
            case .verify: "🔁 Verify again"
            case .store: "🔁 Store it"
            case .build: "🔁 Build again"
            default: "🔁 Train again"
            }
        return .action(what, .again(run.number))
    }

    /// What helps most comes first.
    private var remedies: [InlineButton] {
        let retry = InlineButton.action("🔁 Retry", .again(run.number))
        switch run.job.failure?.remedy {
        case .chooseTarget:
            let choose = ButtonAction.columns(.run(run.number), page: 0)
            return [.action("🎯 Choose column", choose, style: .primary)]
        case .moreTime:
            return [.action("⏱ More time", .moreTime(run.number), style: .primary), retry]
        case .otherEngine:
            return [retry] + otherEngines.map { .action("🖥 On \($0)", .elsewhere(run.number, $0)) }
        case .otherInput:
            return []
        case nil:
            return isHopeless ? [] : [.action("🔁 Retry", .again(run.number), style: .primary)]
        }
    }

    /// Where a training that its engine failed may be done instead.
    private var otherEngines: [String] {
        guard case .train = run.run.work else { return [] }
        return policy.engines.filter { $0 != run.job.engine }
    }

    /// Whether the same again can only fail again: a file that was sent stays what it is.
    private var isHopeless: Bool { storedFile != nil && run.job.failure?.isTemporary == false }
}
