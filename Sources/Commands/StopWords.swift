import Contract
import Foundation
import Store
import Telegram

/// Stopping a run: the question, and what came of it.
enum StopWords {
    static let nothing = Answer("Nothing is running here.")

    static func which(_ numbers: [Int64]) -> Answer {
        Answer(
            "Which run?",
            keyboard: InlineKeyboard(numbers.prefix(8).map { [.action("Stop run \($0)", .askToStop($0))] })
        )
    }

    static func ask(_ run: RunAndJob) -> Answer {
        let isWaiting = run.job.state != .running
        // The share that is known is that of the phase.
        let done = run.job.fraction.map { "\(run.job.phase?.rawValue ?? "begun"), \(Int($0 * 100)) %" }
        return Answer(
            "Stop " + .bold("run \(run.number)") + .plain(" (\(done ?? run.run.work.kind.rawValue))? ")
                + (isWaiting ? "It has not begun yet." : "The work done so far is lost."),
            keyboard: InlineKeyboard([
                [
                    .action("⏹ Stop it", .stop(run.number), style: .danger),
                    .action("Keep running", .keep(run.number)),
                ]
            ])
        )
    }

    static func stopping(_ run: RunAndJob) -> Answer {
        guard run.job.state.isTerminal else { return Answer("Stopping " + .bold("run \(run.number)") + " …") }
        return Answer(.bold("Run \(run.number)") + " is cancelled.")
    }

    static func keeps(_ number: Int64) -> Answer {
        Answer(.bold("Run \(number)") + " goes on.")
    }

    static func notYours(_ number: Int64) -> Answer {
        Answer("Only the person who started run \(number), or an admin, can stop it.")
    }

    static func endedAlready(_ number: Int64) -> Answer {
        Answer("Run \(number) has ended already.")
    }
}
