import Contract
import Foundation
import Store
import Telegram

/// Texts about cancelling a run.
enum CancelText {
    static let nothing = Answer(
        "This chat has no run to cancel: none is running or waiting. /runs lists the ended ones."
    )

    static func which(_ runs: [RunID]) -> Answer {
        Answer(
            "Which run should be cancelled?",
            keyboard: InlineKeyboard(
                runs.prefix(8).map { [.action("Cancel run \($0)", .run(.askToCancel, $0))] }
            )
        )
    }

    static func ask(_ run: Run) -> Answer {
        let isWaiting = run.job.state != .running
        // `fraction` is the progress of the current phase, not of the run.
        let done = run.job.fraction.map { "\(run.job.phase?.rawValue ?? "started"), \(Int($0 * 100)) %" }
        return Answer(
            "Cancel " + .bold("run \(run.id)") + .plain(" (\(done ?? run.work.kind.rawValue))? ")
                + (isWaiting ? "It is waiting to run." : "The work done so far is lost.")
                + " /cancel \(run.id) does it, too.",
            keyboard: InlineKeyboard([
                [
                    .action("⏹ Cancel it", .run(.cancel, run.id), style: .danger),
                    .action("Do not cancel", .run(.keepRunning, run.id)),
                ]
            ])
        )
    }

    static func stopping(_ run: Run) -> Answer {
        guard run.job.state.isTerminal else { return Answer("Cancelling " + .bold("run \(run.id)") + " …") }
        return Answer(.bold("Run \(run.id)") + " is cancelled.")
    }

    static func keepsRunning(_ run: RunID) -> Answer {
        Answer(.bold("Run \(run)") + " is not cancelled.")
    }

    static func notYours(_ run: RunID) -> Answer {
        Answer("Only the person who started run \(run), or an admin, can cancel it. Ask one of them.")
    }

    static func hasEnded(_ run: RunID) -> Answer {
        Answer("Run \(run) has ended already: there is nothing to cancel. /status \(run) shows its result.")
    }
}
