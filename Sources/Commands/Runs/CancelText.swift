import Contract
import Foundation
import Store
import Telegram

/// Texts about cancelling a run.
enum CancelText {
    static let nothing = Answer(
        "This chat has no run to cancel: none is running or waiting. /runs lists the ended ones."
    )

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

    static func noneIsYours(_ open: Int) -> Answer {
        Answer(
            "You started none of the open runs of this chat (\(open)), and only the person who started a run, or an "
                + "admin, can cancel it. /status lists them."
        )
    }

    static func hasEnded(_ run: RunID) -> Answer {
        Answer("Run \(run) has ended already: there is nothing to cancel. /status \(run) shows its result.")
    }
}

// MARK: - Many runs

extension CancelText {
    /// How many runs a page offers.
    static let pageSize = 8

    /// A page of the runs that the person may cancel; `own` is how many of all the person has started.
    static func which(_ runs: [RunID], own: Int, page: Int) -> Answer {
        let pages = (runs.count + pageSize - 1) / pageSize
        let page = min(max(1, page), pages)
        let shown = runs.dropFirst((page - 1) * pageSize).prefix(pageSize)
        let turns: [InlineButton?] = [
            page > 1 ? .action("◀", .cancelPage(page - 1)) : nil,
            page < pages ? .action("▶", .cancelPage(page + 1)) : nil,
        ]
        let all = InlineButton.action("⏹ Cancel all of mine (\(own))", .plain(.cancelOwn), style: .danger)
        return Answer(
            .plain(
                "Which run should be cancelled? \(runs.count) are open: \(list(runs))."
                    + (own > 1 ? " /cancel all cancels all that you started." : "")
            ),
            keyboard: InlineKeyboard(
                shown.map { [.action("Cancel run \($0)", .run(.askToCancel, $0))] }
                    + [turns.compactMap(\.self), own > 1 ? [all] : []]
            )
        )
    }

    static func nothingOwn(others: Int) -> Answer {
        guard others > 0 else { return nothing }
        return Answer(
            "You have no run to cancel in this chat. \(Phrase.count(others, "open run")) of others: /status lists them, "
                + "and an admin can cancel them with /cancel everybody."
        )
    }

    static func askEverybodys(_ runs: [Run]) -> Answer {
        let people = Set(runs.map(\.origin.user)).count
        return Answer(
            "Cancel " + .bold("all \(Phrase.count(runs.count, "open run")) of this chat")
                + .plain(", started by \(Phrase.count(people, "person", "people")): \(list(runs.map(\.id)))?")
                + " The work done so far is lost.",
            keyboard: InlineKeyboard([
                [
                    .action("⏹ Cancel them all", .plain(.cancelEverybodys), style: .danger),
                    .action("Do not cancel", .plain(.keepAllRunning)),
                ]
            ])
        )
    }

    static let keepsAllRunning = Answer("No run is cancelled.")

    /// What became of `runs`, and the reasons why the other runs of the request are not cancelled.
    static func cancelled(_ runs: [Run], others: [Answer] = []) -> Answer {
        let ended = runs.filter(\.job.state.isTerminal).map(\.id)
        let stopping = runs.filter { !$0.job.state.isTerminal }.map(\.id)
        var lines: [HTMLText] = []
        if !ended.isEmpty {
            lines.append(
                .bold(Phrase.count(ended.count, "run")) + .plain(" cancelled: \(list(ended)).")
            )
        }
        if !stopping.isEmpty {
            let end = stopping.count == 1 ? "It tells when it has ended" : "Each tells when it has ended"
            lines.append(
                .bold(Phrase.count(stopping.count, "running run"))
                    + .plain(" being cancelled: \(list(stopping)). \(end).")
            )
        }
        return Answer(RunListText.lines(lines, others: others))
    }

    private static func list(_ runs: [RunID]) -> String { RunListText.list(runs) }
}
