import Contract
import Store
import Telegram

/// How a blob is shown before anyone trains on it.
struct CardView {
    let job: Job
    let policy: ChatPolicy

    var text: HTMLText {
        switch job.outcome {
        case .looked(let card)?: describe(card)
        case .missing(let blob)?:
            .bold("Blob not found") + "\n" + .code("\(blob)")
                + "\nNo aggregator has it. It may have expired, or lie on another network than this bot uses."
        default:
            .bold("This blob cannot be looked at: ") + .plain(job.failure?.reason ?? "nobody knows why")
                + "\n"
                + .plain(job.failure?.advice ?? "Try again.")
        }
    }

    var keyboard: InlineKeyboard? {
        guard case .look(let arguments) = job.work else { return nil }
        let copy = InlineButton.copy("📋 Copy ID", "\(arguments.blob)")
        guard case .looked(let card)? = job.outcome else {
            return InlineKeyboard([[.action("🔄 Look again", .look(arguments.blob)), copy]])
        }
        let download = policy.link(to: arguments.blob).map { InlineButton.url("⬇️ Download", $0) }
        let train = InlineButton.action("▶️ Train on this", .train(arguments.blob), style: .primary)
        return InlineKeyboard([card.table == nil ? [] : [train], [download, copy].compactMap(\.self)])
    }

    private func describe(_ card: BlobCard) -> HTMLText {
        let head =
            HTMLText.bold("Walrus blob")
            + .plain(" · \(ByteCount(card.blob.size)) · \(card.content.words)\n")
            + .code("\(card.blob.id)")
        guard let table = card.table else { return head + "\nThe ID was recomputed from the bytes." }
        let columns =
            table.columns.prefix(12).joined(separator: ", ") + (table.columns.count > 12 ? ", …" : "")
        return head
            + .plain(
                "\n\(Phrase.count(table.rows, "row")) × \(Phrase.count(table.columns.count, "column")): \(columns)\n"
            )
            + "Train predicts " + .code(table.target) + " with the defaults."
    }
}

extension BlobCard.Content {
    fileprivate var words: String {
        switch self {
        case .csv: "CSV"
        case .onnx: "ONNX model"
        case .json: "JSON"
        case .text: "text"
        case .binary: "unknown content"
        }
    }
}
