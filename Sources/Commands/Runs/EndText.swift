import Contract
import Foundation
import Store
import Telegram

/// The end of a run: its result, or why it failed and what to do.
struct EndText {
    /// The largest number of log lines that a failure shows.
    static let logLines = 8
    /// The largest number of characters of the log that a failure shows.
    private static let logSize = 800

    let run: Run
    let policy: ChatPolicy
    /// The last lines of the log.
    var log: [LogLine] = []

    var text: HTMLText {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?): success(result)
        case (.completed, .verified(let report)?): VerificationText.result(report, of: run)
        case (.completed, .built(let image)?): ImagesText.built(image, run: run.id, policy: policy)
        case (.discarded, _) where storedFile != nil:
            storedFile.map { FilesText.failure(run.job, $0) } ?? ""
        case (.cancelled, _): .bold("Run \(run.id)") + " was cancelled."
        default: failure
        }
    }

    var keyboard: InlineKeyboard? {
        switch (run.job.state, run.job.outcome) {
        case (.completed, .trained(let result)?):
            return InlineKeyboard([
                [download(result.model), .copy("📋 Copy ID", "\(result.model.id)")].compactMap(\.self),
                [
                    result.metrics.figures == nil ? .action("🔮 Predict", .run(.tryModel, run.id)) : nil,
                    .action("🔎 Verify", .subject(.verify, .run(run.id))),
                ].compactMap(\.self),
                [again, .action("📄 Logs", .run(.logs, run.id))],
            ])
        case (.completed, .verified?):
            return InlineKeyboard([[again, .action("📄 Logs", .run(.logs, run.id))]])
        case (.cancelled, _):
            return InlineKeyboard([
                [again, .action("📄 Logs", .run(.logs, run.id))]
            ])
        case (.completed, .built(let image)?):
            let link = policy.link(toImage: image.name).map { InlineButton.copy("📋 Copy URL", $0) }
            return InlineKeyboard([[link, .action("📄 Logs", .run(.logs, run.id))].compactMap(\.self)])
        default:
            return InlineKeyboard([
                remedies,
                [.action("📄 Logs", .run(.logs, run.id)), .action("📎 Full log", .run(.fullLog, run.id))],
            ])
        }
    }

    /// The picture of a trained model; nil for a model of a training command, and for every other result.
    var picture: PictureRequest? {
        guard case (.completed, .trained(let result)?) = (run.job.state, run.job.outcome),
            result.metrics.figures == nil
        else { return nil }
        let headline = MetricsText.headline(result.metrics)
        return PictureRequest(
            title: "Run \(run.id) · \(headline.name) \(headline.value)",
            subtitle: MetricsText.subtitle(result.metrics),
            metrics: result.metrics
        )
    }

    /// For a button whose work the run has done already.
    static func askToRepeat(_ run: Run) -> Answer {
        Answer(
            "Run \(run.id) did this already. Doing it again makes another run with the same settings.",
            keyboard: InlineKeyboard([
                [repeating(run), .action("Show run \(run.id)", .run(.status, run.id))]
            ])
        )
    }

    /// The file that the run was to store; nil for every other run.
    private var storedFile: ChatFile? {
        if case .store(let arguments) = run.work { arguments.file } else { nil }
    }

    private func success(_ result: TrainResult) -> HTMLText {
        let headline = MetricsText.headline(result.metrics)
        return .bold("Run \(run.id) finished") + .plain(" · \(headline.name) ") + .bold(headline.value)
            + "\n"
            + .block(MetricsText.table(result.metrics)) + remarks(on: result)
            + .plain("\nTook \(duration)\nModel · \(ByteCount(result.model.size))\n")
            + .code("\(result.model.id)") + "\nReceipt\n" + .code("\(result.receipt.id)")
    }

    /// The most warnings that the end of a run shows.
    private static let mostWarnings = 2
    /// The most characters of a finding or warning: all of them, with the metrics, fit below a picture.
    private static let remarkLength = 120

    /// Lines about what was found besides the metrics, and the first warnings.
    private func remarks(on result: TrainResult) -> HTMLText {
        let warnings = result.warnings ?? []
        let more =
            warnings.count > Self.mostWarnings
            ? ["/logs \(run.id) has \(Phrase.count(warnings.count - Self.mostWarnings, "more warning"))."]
            : []
        let lines =
            (result.findings ?? []).map { Self.remark($0) }
            + warnings.prefix(Self.mostWarnings).map { "⚠️ \(Self.remark($0))" } + more
        return lines.reduce(HTMLText()) { $0 + .plain("\n\($1)") }
    }

    private static func remark(_ sentence: String) -> String {
        let line = ShownName.line(sentence, limit: remarkLength)
        return line.prefix(1).uppercased() + line.dropFirst()
    }

    /// A button that sends the model as a file.
    ///
    /// If the model is too large to send, the button opens a link to an aggregator. Without such a link, returns nil.
    private func download(_ model: StoredBlob) -> InlineButton? {
        if model.size <= AnswerFile.limit { return .action("⬇️ Model", .subject(.fetch, .run(run.id))) }
        return policy.link(to: model.id).map { .url("⬇️ Model", $0) }
    }

    /// How long the run took, and the price that an admin agreed to.
    private var duration: String {
        let job = run.job
        let time = (job.finishedAt ?? run.createdAt).timeIntervalSince(job.startedAt ?? run.createdAt)
        let cost = job.price.map { ", for \(PriceText.dollars($0)) at most" } ?? ""
        return Phrase.duration(max(0, time)) + cost
    }

    private var failure: HTMLText {
        let failure = run.job.failure
        let phase = failure?.phase.map { " while \($0.rawValue)" } ?? ""
        return .bold("Run \(run.id) failed")
            + .plain("\(phase): \(run.job.reason)\n\n")
            + .bold("What you can do:") + .plain(" \(failure?.advice ?? "try again with /retry.")") + tail
    }

    private var tail: HTMLText {
        let lines = LogsText.last(of: log, limit: Self.logSize)
        guard !lines.isEmpty else { return HTMLText() }
        return "\n" + .block(lines.joined(separator: "\n"), language: "log")
    }

    private var again: InlineButton { Self.repeating(run) }

    private static func repeating(_ run: Run) -> InlineButton {
        let what =
            switch run.work.kind {
            case .verify: "🔁 Verify again"
            case .store: "🔁 Store again"
            case .build: "🔁 Build again"
            default: "🔁 Train again"
            }
        return .action(what, .run(.retry, run.id))
    }

    /// Buttons that may help after the failure, the best one first.
    private var remedies: [InlineButton] {
        let retry = InlineButton.action("🔁 Retry", .run(.retry, run.id))
        switch run.job.failure?.remedy {
        case .chooseTarget:
            let choose = ButtonAction.column(.page, .run(run.id), 0)
            return [.action("🎯 Choose column", choose, style: .primary)]
        case .moreTime where ![.train, .verify].contains(run.work.kind):
            return [retry]
        case .moreTime:
            return [.action("⏱ More time", .run(.retryWithMoreTime, run.id), style: .primary), retry]
        case .otherEngine:
            return [retry] + otherEngines.map { .action("🖥 On \($0)", .retryOn($0, run.id)) }
        case .otherInput:
            return []
        case nil:
            return isHopeless ? [] : [.action("🔁 Retry", .run(.retry, run.id), style: .primary)]
        }
    }

    /// Other engines on which a training can be retried.
    private var otherEngines: [EngineName] {
        guard case .train = run.work else { return [] }
        return policy.engines.filter { $0 != run.job.engine }
    }

    /// Whether a retry would fail again, because it would store the same file.
    private var isHopeless: Bool { storedFile != nil && run.job.failure?.isTemporary == false }
}
