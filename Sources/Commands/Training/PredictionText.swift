import Contract
import Jobs
import Store
import Telegram

/// Texts about predictions, and how to ask for one.
struct PredictionText {
    let job: Job
    let arguments: PredictArguments

    /// The largest number of features that the example names.
    private static let mostNames = 6

    var text: HTMLText {
        switch job.outcome {
        case .predicted(let prediction)?: describe(prediction)
        case .missing(let blob, true)?:
            pending(blob)
        case .missing(let blob, _)? where blob != arguments.model:
            .bold("Blob not found") + "\n" + .code("\(blob)")
                + "\nNo aggregator has it: it may have expired. Check the ID, or store the table again."
        case .missing(let blob, _)?:
            .bold("The model of run \(arguments.run) is gone") + "\n" + .code("\(blob)")
                + "\nNo aggregator has it any more. Send /train \(arguments.run) to train a new one."
        default:
            .bold("The prediction with the model of run \(arguments.run) failed: ")
                + .plain(job.reason) + "\n"
                + .plain(job.failure?.advice ?? "Try again.")
        }
    }

    /// That it cannot be told now whether the model or the table is still there.
    private func pending(_ blob: BlobID) -> HTMLText {
        let isModel = blob == arguments.model
        let subject = isModel ? "the model of run \(arguments.run)" : "the table"
        return .bold("It cannot be told now whether \(subject) is still there") + "\n" + .code("\(blob)")
            + "\nNo aggregator gives it to me. It was on Walrus a short while ago, and a new blob may take some minutes to be "
            + "seen: ask again."
            + .plain(isModel ? " If it stays so, /train \(arguments.run) trains a new one." : "")
    }

    private func describe(_ prediction: Prediction) -> HTMLText {
        let lines = prediction.rows.map { row in
            let shares = row.shares.dropFirst().filter { $0.share > 0 }
                .map { "\(ShownName.line($0.label)) \(Phrase.percent($0.share))" }
            let first = row.shares.first.map { " " + Phrase.percent($0.share) } ?? ""
            let tail = ([first] + shares.map { " · \($0)" }).joined()
            let cells =
                prediction.rows.count == 1
                ? "" : row.cells.map { ShownName.line($0, nameless: "") }.joined(separator: ", ") + " → "
            return HTMLText.plain(cells) + .bold(ShownName.line(row.predicted)) + .plain(tail)
        }
        let head = HTMLText.bold("Run \(arguments.run)") + .plain(" · \(ShownName.line(prediction.target))\n")
        let answer = prediction.summary.map(describe) ?? lines.first ?? "no rows"
        let notes = (prediction.notes ?? []).reduce(HTMLText()) { $0 + .plain("\n\($1)") }
        return lines.dropFirst().reduce(head + answer) { $0 + "\n" + $1 } + notes
    }

    /// The summary of a long table.
    private func describe(_ summary: Prediction.Summary) -> HTMLText {
        let shares = summary.shares.map { " · \(ShownName.line($0.label)) \(Phrase.percent($0.share))" }
            .joined()
        return .bold(Phrase.count(summary.rows, "row")) + .plain(shares)
    }

    /// The file with all predictions, if there are too many for a message; otherwise nil.
    var file: AnswerFile? {
        if case .predicted(let prediction)? = job.outcome { prediction.file } else { nil }
    }

    static func noModel(_ run: RunID) -> Answer {
        Answer(
            "Run \(run) has no model that can predict. Choose a training that has succeeded and did not use a command of "
                + "the owner. /runs succeeded lists the successful runs."
        )
    }

    static func howTo(_ run: RunID, _ metrics: TrainMetrics) -> Answer {
        let names = metrics.columns ?? metrics.importance.map(\.feature)
        let example = names.prefix(mostNames).map { "\(QuotedText.quoted($0))=…" }.joined(separator: " ")
        let others =
            names.count > mostNames
            ? ", and the other \(Phrase.count(names.count - mostNames, "feature")) the same way" : ""
        return Answer(
            "Send the values of one row by name, in any order:\n"
                + .code("/predict \(run) \(example)") + .plain(others)
                + "\nYou can leave out the names if you keep the order of the dataset. For many rows, reply to the result with a CSV "
                + "file."
        )
    }
}
