import Contract
import Foundation
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
        guard case .train(let arguments) = run.run.work else {
            let isWaiting = [.available, .scheduled, .retryable].contains(run.job.state)
            return isWaiting ? head + "\nimage" : head + phases
        }
        switch run.job.state {
        case .available, .scheduled, .retryable:
            return head + "\n" + .code("\(arguments.dataset)")
                + .plain("\nrandom forest · \(arguments.parameters)")
        case .running, .completed, .cancelled, .discarded:
            return head + "\n" + .code("\(arguments.dataset)") + "\n" + phases
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
        return InlineKeyboard([
            [
                .action("⏹ Cancel", .askToStop(run.number), style: .danger),
                .action("📄 Logs", .logs(run.number)),
            ]
        ])
    }

    /// The state in a few words.
    var standing: String {
        let job = run.job
        let elapsed = (job.finishedAt ?? now).timeIntervalSince(job.startedAt ?? now)
        switch job.state {
        case .available where job.awaitsConsent: return PriceWords.standing(job.price)
        case .available, .scheduled: return ahead == 0 ? "queued" : "queued, \(ahead) ahead"
        case .retryable: return "waiting to try again (\(job.failure?.reason ?? "it failed"))"
        case .running where job.cancelRequested: return "stopping"
        case .running where job.leaseTokenHash == nil: return "starting"
        case .running: return "\(job.phase?.rawValue ?? "started") · \(Phrase.duration(elapsed))"
        case .completed: return "succeeded in \(Phrase.duration(elapsed))"
        case .cancelled: return "cancelled"
        case .discarded: return "failed\(job.phase.map { " while \($0.rawValue)" } ?? "")"
        }
    }

    private var phases: HTMLText {
        Phase.all(of: run.run.work.kind).reduce(HTMLText()) { $0 + "\n" + line(for: $1) }
    }

    private func line(for phase: Phase) -> HTMLText {
        guard let span = run.job.spans.last(where: { $0.phase == phase }) else {
            return .plain("▫️ \(phase.title)")
        }
        let time = Phrase.duration((span.endedAt ?? now).timeIntervalSince(span.startedAt))
        guard run.job.phase == phase else { return .plain("✅ \(phase.title) · \(time)") }
        switch run.job.state {
        case .running:
            guard let fraction = run.job.fraction else { return .plain("⏳ \(phase.title)") }
            let note = run.job.note.map { " · \($0)" } ?? ""
            // How far along a command is nobody knows.
            guard phase != .building else { return .plain("⏳ \(phase.title)\(note)") }
            return .plain("⏳ \(phase.title) ") + .code(Phrase.bar(fraction))
                + .plain(" \(Int(fraction * 100)) %\(note)")
        case .completed: return .plain("✅ \(phase.title) · \(time)")
        case .cancelled: return .plain("⏹ \(phase.title)")
        case .discarded: return .plain("❌ \(phase.title) · \(run.job.failure?.reason ?? "failed")")
        case .available, .scheduled, .retryable: return .plain("▫️ \(phase.title)")
        }
    }
}

extension Phase {
    fileprivate var title: String {
        switch self {
        case .pulling: "Pull the data"
        case .training: "Train"
        case .pushing: "Push the model"
        case .building: "Build the image"
        case .publishing: "Publish it"
        }
    }
}
