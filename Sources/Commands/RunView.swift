import Contract
import Foundation
import Jobs
import Store
import Telegram

/// How a run reads while it moves: its one live message.
struct RunView {
    let run: RunAndJob
    /// How many jobs are before it in the queue.
    let ahead: Int
    let now: Date

    var text: HTMLText {
        let head = HTMLText.bold("Run \(run.number)") + .plain(" · \(standing)")
        if case .verify(let arguments) = run.run.work {
            return head + VerifyWords.subject(of: arguments) + (run.job.spans.isEmpty ? "" : phases)
        }
        if case .store(let arguments) = run.run.work {
            let subject = head + "\n" + FileWords.subject(arguments.file)
            return run.job.spans.isEmpty ? subject : subject + phases
        }
        guard case .train(let arguments) = run.run.work else {
            let isWaiting = [.available, .scheduled, .retryable].contains(run.job.state)
            return isWaiting ? head + "\nimage" : head + phases
        }
        let dataset = head + "\n" + .code("\(arguments.dataset)")
        switch run.job.state {
        case .available, .scheduled, .retryable:
            return dataset + .plain("\n\(arguments.parameters.learnerWords) · \(arguments.parameters)")
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
                        "✅ Rent it, about \(PriceWords.dollars(price))",
                        .consent(run.number),
                        style: .primary
                    ),
                    .action("⏹ Cancel", .askToStop(run.number), style: .danger),
                ]
            ])
        }
        let cancel = InlineButton.action("⏹ Cancel", .askToStop(run.number), style: .danger)
        let logs = InlineButton.action("📄 Logs", .logs(run.number))
        return InlineKeyboard([run.job.cancelRequested ? [logs] : [cancel, logs]])
    }

    /// The state in a few words.
    var standing: String {
        let job = run.job
        let elapsed = (job.finishedAt ?? now).timeIntervalSince(job.startedAt ?? now)
        switch job.state {
        case .available where job.awaitsConsent: return PriceWords.standing(job.price)
        case .available where job.engine == EnrolledEngine.name: return "waits for a machine to come and ask"
        case .available, .scheduled: return ahead == 0 ? "queued" : "queued, \(ahead) ahead"
        case .retryable: return "waiting to try again (\(job.failure?.reason ?? "it failed"))"
        case .running where job.cancelRequested: return "stopping"
        case .running where job.leaseTokenHash == nil: return "starting"
        case .running: return "\(job.phase?.rawValue ?? "started") · \(Phrase.duration(elapsed))"
        case .completed where run.run.work.kind == .verify: return "done in \(Phrase.duration(elapsed))"
        case .completed: return "succeeded in \(Phrase.duration(elapsed))"
        case .cancelled: return "cancelled"
        case .discarded:
            return "failed\((job.failure?.phase ?? job.phase).map { " while \($0.rawValue)" } ?? "")"
        }
    }

    /// How long the phase still takes if it goes on as it went; nil where nobody can tell.
    var timeLeft: String? {
        guard run.job.state == .running, !run.job.cancelRequested, let fraction = run.job.fraction,
            (0.02..<1).contains(fraction), let start = run.job.spans.last?.startedAt
        else { return nil }
        let seconds = now.timeIntervalSince(start) * (1 - fraction) / fraction
        return seconds < 1 ? nil : "\(Phrase.duration(max(1, seconds.rounded()))) left"
    }

    private var phases: HTMLText {
        // A command of the owner's own reads as it likes: the phase that it skips is not shown.
        let isSkipped = run.run.work.hasOwnCommand
        // Whether there is something to train by turns out within a verification.
        let begun = run.run.work.kind == .verify ? run.job.spans.map(\.phase) : nil
        return Phase.all(of: run.run.work.kind).filter { phase in
            (phase != .reading || !isSkipped) && (begun?.contains(phase) ?? true)
        }.reduce(HTMLText()) { $0 + "\n" + line(for: $1) }
    }

    private func title(of phase: Phase) -> String {
        switch run.run.work.kind {
        case .verify where phase == .training: "Train again"
        case .store: FileWords.title(phase) ?? phase.title
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
            // How far along a command is nobody knows.
            guard phase != .building else { return .plain("⏳ \(title)\(remarks)") }
            return .plain("⏳ \(title) ") + .code(Phrase.bar(fraction))
                + .plain(" \(Int(fraction * 100)) %\(remarks)")
        case .completed: return .plain("\(VerifyWords.isWanting(run.job) ? "⚠️" : "✅") \(title) · \(time)")
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
