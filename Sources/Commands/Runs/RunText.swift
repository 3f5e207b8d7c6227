import Contract
import Foundation
import Store
import Telegram

/// The text of a run's live message, which is edited while the run goes on.
struct RunText {
    let run: Run
    /// The number of other jobs that are running, or are queued before this one.
    let ahead: Int
    let now: Date

    var text: HTMLText {
        let head = HTMLText.bold("Run \(run.id)") + .plain(" · \(state)")
        if case .verify(let arguments) = run.work {
            return head + VerificationText.subject(of: arguments) + (run.job.spans.isEmpty ? "" : phases)
        }
        if case .store(let arguments) = run.work {
            let subject = head + "\n" + FilesText.subject(arguments.file)
            return run.job.spans.isEmpty ? subject : subject + phases
        }
        guard case .train(let arguments) = run.work else {
            let isWaiting = Job.State.waiting.contains(run.job.state)
            return isWaiting ? head + "\nBuilds an image" : head + phases
        }
        let dataset = head + "\n" + .code("\(arguments.dataset)")
        switch run.job.state {
        case .available, .scheduled, .retryable:
            return dataset + .plain("\n\(arguments.parameters.learnerName) · \(arguments.parameters)")
        case .running:
            return dataset + "\n" + phases
        case .completed, .cancelled, .discarded:
            return run.job.spans.isEmpty ? dataset : dataset + "\n" + phases
        }
    }

    var keyboard: InlineKeyboard? {
        guard !run.job.state.isTerminal else { return nil }
        if run.job.awaitsConsent, let price = run.job.price {
            return InlineKeyboard([
                [
                    .action(
                        "✅ Rent it, about \(PriceText.dollars(price))",
                        .run(.consent, run.id),
                        style: .primary
                    ),
                    .action("⏹ Cancel", .run(.askToCancel, run.id), style: .danger),
                ]
            ])
        }
        let cancel = InlineButton.action("⏹ Cancel", .run(.askToCancel, run.id), style: .danger)
        let logs = InlineButton.action("📄 Logs", .run(.logs, run.id))
        return InlineKeyboard([run.job.cancelRequested ? [logs] : [cancel, logs]])
    }

    /// The state in a few words.
    var state: String {
        let job = run.job
        let elapsed = (job.finishedAt ?? now).timeIntervalSince(job.startedAt ?? now)
        switch job.state {
        case .available where job.awaitsConsent: return PriceText.state(job.price, on: job.engine)
        case .available where !job.engine.isStartedByBot:
            return "waits for an enrolled machine to ask for a job"
        case .available, .scheduled: return ahead == 0 ? "queued" : "queued, \(ahead) ahead"
        case .retryable: return "waits for a retry (\(job.failure?.reason ?? "it failed"))"
        case .running where job.cancelRequested: return "cancelling"
        case .running where job.leaseTokenHash == nil: return "starting"
        case .running: return "\(job.phase?.rawValue ?? "started") · \(Phrase.duration(elapsed))"
        case .completed where run.work.kind == .verify: return "done in \(Phrase.duration(elapsed))"
        case .completed: return "succeeded in \(Phrase.duration(elapsed))"
        case .cancelled: return "cancelled"
        case .discarded:
            return "failed\((job.failure?.phase ?? job.phase).map { " while \($0.rawValue)" } ?? "")"
        }
    }

    /// How long the current phase will still take at its average speed so far; nil if that is unknown.
    var timeLeft: String? {
        guard run.job.state == .running, !run.job.cancelRequested, let fraction = run.job.fraction,
            (0.02..<1).contains(fraction), let start = run.job.spans.last?.startedAt
        else { return nil }
        let seconds = now.timeIntervalSince(start) * (1 - fraction) / fraction
        return seconds < 1 ? nil : "\(Phrase.duration(max(1, seconds.rounded()))) left"
    }

    private var phases: HTMLText {
        // A training with the owner's own command has no reading phase.
        let isSkipped = run.work.hasOwnCommand
        // A verification trains only if it finds a receipt, so only phases that have begun are shown.
        let begun = run.work.kind == .verify ? run.job.spans.map(\.phase) : nil
        return Phase.all(of: run.work.kind).filter { phase in
            (phase != .reading || !isSkipped) && (begun?.contains(phase) ?? true)
        }.reduce(HTMLText()) { $0 + "\n" + line(for: $1) }
    }

    private func title(of phase: Phase) -> String {
        switch run.work.kind {
        case .verify where phase == .training: "Train again"
        case .store: FilesText.title(phase) ?? phase.title
        default: phase.title
        }
    }

    private func line(for phase: Phase) -> HTMLText {
        let title = title(of: phase)
        guard let span = run.job.spans.last(where: { $0.phase == phase }) else {
            return .plain("▫️ \(title)")
        }
        let time = Phrase.duration((span.endedAt ?? now).timeIntervalSince(span.startedAt))
        guard run.job.phase == phase else { return .plain("✅ \(title) · \(time)") }
        switch run.job.state {
        case .running:
            guard let fraction = run.job.fraction else { return .plain("⏳ \(title) · \(time)") }
            let remarks = [run.job.note, timeLeft].compactMap(\.self).map { " · \($0)" }.joined()
            // The progress of an image command is unknown.
            guard phase != .building else { return .plain("⏳ \(title)\(remarks)") }
            return .plain("⏳ \(title) ") + .code(Phrase.bar(fraction))
                + .plain(" \(Int(fraction * 100)) %\(remarks)")
        case .completed:
            return .plain("\(VerificationText.hasUnmetCheck(run.job) ? "⚠️" : "✅") \(title) · \(time)")
        case .cancelled: return .plain("⏹ \(title)")
        case .discarded: return .plain("❌ \(title) · \(run.job.failure?.reason ?? "failed")")
        case .available, .scheduled, .retryable: return .plain("▫️ \(title)")
        }
    }
}

extension Work {
    fileprivate var hasOwnCommand: Bool {
        guard case .train(let arguments) = self else { return false }
        return arguments.parameters.command != nil
    }
}

extension Phase {
    fileprivate var title: String {
        switch self {
        case .checking: "Check the blobs"
        case .pulling: "Pull the data"
        case .reading: "Read the table"
        case .training: "Train"
        case .pushing: "Push the model"
        case .building: "Build the image"
        case .publishing: "Publish it"
        }
    }
}
