import Contract
import Store
import Telegram

/// The card of a blob: the content of the blob, and buttons for what a person can do with the blob.
struct CardText {
    /// The largest number of columns that a card names.
    private static let columnsShown = 12

    let job: Job
    let policy: ChatPolicy

    var text: HTMLText {
        switch job.outcome {
        case .looked(let card)?: describe(card)
        case .missing(let blob, true)?:
            .bold("This blob cannot be read now") + "\n" + .code("\(blob)")
                + "\nNo aggregator gives it to me, so it cannot be told now whether it is still there. It was on Walrus a short "
                + "while ago, and a new blob may take some minutes to be seen: ask again."
        case .missing(let blob, _)?:
            .bold("Blob not found") + "\n" + .code("\(blob)")
                + "\nNo aggregator has it: it may have expired, or be on another network than this bot uses. Check the ID, or "
                + "store the file again."
        default:
            .bold("This blob cannot be read: ") + .plain(job.reason)
                + "\n"
                + .plain(job.failure?.advice ?? "Try again.")
        }
    }

    var keyboard: InlineKeyboard? {
        guard case .look(let arguments) = job.work else { return nil }
        let blob = arguments.blob
        let copy = InlineButton.copy("📋 Copy ID", "\(blob)")
        guard case .looked(let card)? = job.outcome else {
            return InlineKeyboard([[.action("🔄 Try again", .blob(.look, blob)), copy]])
        }
        let link = policy.link(to: blob).map { InlineButton.url("⬇️ Download", $0) }
        let isSmall = card.blob.size <= AnswerFile.limit
        let download = link ?? (isSmall ? .action("⬇️ Download", .subject(.fetch, .blob(blob))) : nil)
        let rows = InlineButton.action("👁 First rows", .blob(.firstRows, blob))
        let verify = InlineButton.action("🔎 Verify", .subject(.verify, .blob(blob)))
        return InlineKeyboard([
            card.table.map { training($0, blob) } ?? [],
            [card.table?.sample == nil ? nil : rows, verify].compactMap(\.self),
            [download, copy].compactMap(\.self),
        ])
    }

    /// The buttons of a training; a table that must fail has none that starts it.
    private func training(_ table: BlobCard.Table, _ blob: BlobID) -> [InlineButton] {
        let page = ButtonAction.column(.page, .blob(blob), 0)
        guard table.obstacle == nil else { return [.action("🎯 Other column", page, style: .primary)] }
        return [
            .action("▶️ Train", .blob(.train, blob), style: .primary), .action("🎯 Other column", page),
        ]
    }

    private func describe(_ card: BlobCard) -> HTMLText {
        let head =
            HTMLText.bold("Walrus blob")
            + .plain(" · \(ByteCount(card.blob.size)) · \(card.content.words)\n")
            + .code("\(card.blob.id)")
        return head + content(of: card) + registration(of: card)
    }

    private func content(of card: BlobCard) -> HTMLText {
        if let table = card.table { return .plain("\n") + describe(table, card.blob.id) }
        if let receipt = card.receipt { return "\n" + describe(receipt) }
        return "\nThe ID was recomputed from the bytes and matches."
    }

    private func describe(_ table: BlobCard.Table, _ blob: BlobID) -> HTMLText {
        let width = table.width ?? table.columns.count
        let names = table.columns.indices.prefix(Self.columnsShown).map { column in
            let kind = table.kinds.flatMap { $0.indices.contains(column) ? $0[column].word : nil }
            let name = ReadingText.short(table.columns[column])
            return kind.map { "\(name) (\($0))" } ?? name
        }
        let list = names.joined(separator: ", ") + (width > names.count ? ", …" : "")
        return .plain("\(Phrase.count(table.rows, "row")) × \(Phrase.count(width, "column")): \(list)\n")
            + missing(in: table) + prospect(of: table) + reading(of: table, blob)
    }

    /// What a training predicts, or why it must fail.
    private func prospect(of table: BlobCard.Table) -> HTMLText {
        guard let obstacle = table.obstacle else {
            return .bold("Train") + " predicts " + .code(ShownName.line(table.target))
                + .plain(aim(of: table))
        }
        return "⚠️ " + .bold("It cannot be trained on yet: ") + SettingText.marked(obstacle) + "."
    }

    /// What a training would do while it reads the table, and where its settings are typed.
    private func reading(of table: BlobCard.Table, _ blob: BlobID) -> HTMLText {
        let text = ReadingText(table: table)
        let lines = text.lines.reduce(HTMLText()) { $0 + "\n" + $1 }
        let hasSettings = text.hasSettings || table.obstacle.map(SettingText.hasSetting) ?? false
        return hasSettings ? lines + "\nType settings behind " + .code("/train \(blob)") : lines
    }

    /// Names up to three columns, those with the most missing values.
    private func missing(in table: BlobCard.Table) -> HTMLText {
        let gaps = zip(table.columns, table.missing ?? []).filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
        guard !gaps.isEmpty else { return table.missing == nil ? HTMLText() : "No value is missing.\n" }
        let named = gaps.prefix(3).map { name, count in
            "\(ReadingText.short(name)) \(Phrase.number(count)) (\(Phrase.percent(Double(count) / Double(max(1, table.rows)))))"
        }
        let rest = gaps.count > 3 ? " and in \(Phrase.count(gaps.count - 3, "more column"))" : ""
        return .plain("Values are missing in \(named.joined(separator: ", "))\(rest).\n")
    }

    /// The end of the sentence about the target column: whether it is a number, or how many classes it has.
    private func aim(of table: BlobCard.Table) -> String {
        switch (table.task, table.classes) {
        case (.regression?, _): " (a number) with default settings."
        case (.classification?, let classes?):
            " (\(Phrase.count(classes, "class", "classes"))) with default settings."
        default: " with default settings."
        }
    }

    private func describe(_ receipt: Receipt) -> HTMLText {
        let headline = MetricsText.headline(receipt.metrics)
        let dataset = receipt.dataset.id.map { "\nDataset\n" + HTMLText.code("\($0)") } ?? HTMLText()
        let model = receipt.model.id.map { "\nModel\n" + HTMLText.code("\($0)") } ?? HTMLText()
        return "The receipt of a training: " + .plain("\(headline.name) ") + .bold(headline.value)
            + .plain("\n\(receipt.parameters.learnerName) · \(receipt.parameters)") + dataset + model
    }

    private func registration(of card: BlobCard) -> HTMLText {
        guard let registration = card.registration else { return HTMLText() }
        let sign = registration.holds == true ? "✅" : registration.holds == false ? "⚠️" : "▫️"
        return .plain("\n\(sign) \(registration.text)")
    }
}

extension BlobCard.ColumnKind {
    /// The word behind a column's name; nil for the usual numbers, and for columns that are left out.
    fileprivate var word: String? {
        switch self {
        case .text: "text"
        case .date: "date"
        case .number, .leftOut: nil
        }
    }
}

extension BlobCard.Content {
    fileprivate var words: String {
        switch self {
        case .csv: "CSV"
        case .onnx: "ONNX model"
        case .receipt: "receipt"
        case .image: "picture"
        case .json: "JSON"
        case .text: "text"
        case .binary: "unknown content"
        }
    }
}
