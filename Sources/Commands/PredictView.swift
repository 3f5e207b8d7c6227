import Contract
import Jobs
import Store
import Telegram

/// How a model's answer to typed rows or a table is told, and how to ask it.
struct PredictView {
    let job: Job
    let arguments: PredictArguments

    /// Features that are named in the example of how to ask.
    private static let mostNames = 6

    var text: HTMLText {
        switch job.outcome {
        case .predicted(let prediction)?: tell(prediction)
        case .missing(let blob)? where blob != arguments.model:
            .bold("Blob not found") + "\n" + .code("\(blob)") + "\nNo aggregator has it. It may have expired."
        case .missing(let blob)?:
            .bold("The model of run \(arguments.run) is gone") + "\n" + .code("\(blob)")
                + "\nNo aggregator has it any more: train again to have a new one."
        default:
            .bold("Run \(arguments.run)'s model cannot be asked: ")
                + .plain(job.reason) + "\n"
                + .plain(job.failure?.advice ?? "Try again.")
        }
    }

    private func tell(_ prediction: Prediction) -> HTMLText {
        let lines = prediction.rows.map { row in
            let shares = row.shares.dropFirst().filter { $0.share > 0 }
                .map { "\($0.label) \(Phrase.percent($0.share))" }
            let first = row.shares.first.map { " " + Phrase.percent($0.share) } ?? ""
            let tail = ([first] + shares.map { " · \($0)" }).joined()
            let cells = prediction.rows.count == 1 ? "" : row.cells.joined(separator: ", ") + " → "
            return HTMLText.plain(cells) + .bold(row.said) + .plain(tail)
        }
        let head = HTMLText.bold("Run \(arguments.run)") + .plain(" · \(prediction.target)\n")
        let answer = prediction.summary.map(tell) ?? lines.first ?? "nothing"
        let notes = (prediction.notes ?? []).reduce(HTMLText()) { $0 + .plain("\n\($1)") }
        return lines.dropFirst().reduce(head + answer) { $0 + "\n" + $1 } + notes
    }

    /// What a long table came to.
    private func tell(_ summary: Prediction.Summary) -> HTMLText {
        let shares = summary.shares.map { " · \($0.label) \(Phrase.percent($0.share))" }.joined()
        return .bold(Phrase.count(summary.rows, "row")) + .plain(shares)
    }

    /// The file with all rows, where they are many.
    var file: AnswerFile? {
        if case .predicted(let prediction)? = job.outcome { prediction.file } else { nil }
    }

    static func noModel(_ run: Int64) -> Answer {
        Answer("Run \(run) has made no model that can be asked here.")
    }

    static func howTo(_ run: Int64, _ metrics: TrainMetrics) -> Answer {
        let names = metrics.importance.map(\.feature)
        let example = names.prefix(mostNames).map { "\($0)=…" }.joined(separator: " ")
        let others = names.count > mostNames ? ", and so for all \(names.count) features" : ""
        return Answer(
            "Send the values of a row by name, in any order" + .plain(others) + ":\n"
                + .code("/predict \(run) \(example)")
                + "\nor without names, in the order of the dataset. Many rows: answer the result with a CSV file."
        )
    }
}
