import Contract
import Telegram

/// Texts about starting many runs again.
enum RetryText {
    /// A run, and the new run with its work.
    typealias Pair = (old: RunID, new: RunID)

    /// The most runs for which the answer names the new run.
    private static let mostPairs = 10

    static let noneFailed = Answer(
        "You have no failed run in this chat that was not started again already. /runs failed lists the failed ones."
    )

    static func queued(_ runs: [Pair], refused: [Answer]) -> Answer {
        guard !runs.isEmpty else { return Answer(RunListText.lines([], others: refused)) }
        let pairs =
            runs.count <= mostPairs
            ? runs.map { "\($0.old) as \($0.new)" }.joined(separator: ", ")
            : "\(RunListText.list(runs.map(\.old))) as \(RunListText.list(runs.map(\.new)))"
        let head =
            HTMLText.bold(Phrase.count(runs.count, "run"))
            + .plain(" queued again: \(pairs). Each is shown here when it starts; /status lists them.")
        return Answer(RunListText.lines([head], others: refused))
    }
}
