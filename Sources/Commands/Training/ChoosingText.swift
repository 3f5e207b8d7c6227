import Contract
import Foundation
import Store
import Telegram

/// The messages with which people choose a training by buttons.
enum ChoosingText {
    /// How many columns a page offers.
    private static let pageSize = 20

    static let runIsGone = "This chat has no such run. /runs lists its runs."
    static let looksFirst =
        "I must read the dataset first. Its card comes in a moment: choose with the card's buttons."

    /// A dataset to choose.
    struct Dataset {
        var id: BlobID
        var card: BlobCard?
        /// The latest training on the dataset; nil if the dataset was found by its card in the chat.
        var run: RunID?
    }

    static func datasets(_ datasets: [Dataset]) -> Answer {
        guard !datasets.isEmpty else {
            return Answer(
                "This chat has no dataset yet. Paste a Walrus blob ID, or send a CSV file.",
                keyboard: InlineKeyboard([
                    [.demo]
                ])
            )
        }
        let names = datasets.enumerated().map { "\($0 + 1) · \(shape(of: $1))" }
        let lines = zip(names, datasets).map { HTMLText.plain("\($0)\n") + .code("\($1.id)") }
        let buttons = zip(names, datasets).map { name, dataset in
            [InlineButton.action(name, .column(.page, .blob(dataset.id), 1))]
        }
        return Answer(
            lines.reduce(.bold("Which dataset?") + "\n") { $0 + "\n" + $1 },
            keyboard: InlineKeyboard(buttons)
        )
    }

    static func columns(of table: BlobCard.Table, _ subject: RunOrBlob, dataset: BlobID, page: Int) -> Answer
    {
        let pages = max(1, (table.columns.count + pageSize - 1) / pageSize)
        let page = min(max(1, page), pages)
        let range = (page - 1) * pageSize..<min(page * pageSize, table.columns.count)
        let buttons = range.map { index in
            let mark = TargetMark(of: index, in: table)
            let name = short(table.columns[index])
            return InlineButton.action(
                mark.map { "\($0.rawValue) \(name)" } ?? name,
                .column(.choose, subject, index),
                style: mark == .guess ? .primary : nil
            )
        }
        let rows = stride(from: 0, to: buttons.count, by: 2).map {
            Array(buttons[$0..<min($0 + 2, buttons.count)])
        }
        let pageButtons: [InlineButton?] = [
            page > 1 ? .action("◀", .column(.page, subject, page - 1)) : nil,
            page < pages ? .action("▶", .column(.page, subject, page + 1)) : nil,
        ]
        return Answer(
            .bold("Which column should the model predict?") + "\n" + .code("\(dataset)")
                + advice(on: table, shown: range) + explained(range.map { TargetMark(of: $0, in: table) }),
            keyboard: InlineKeyboard(rows + [pageButtons.compactMap(\.self)])
        )
    }

    /// What stands in the way of a training by default, or the likely target if its button is on another page.
    private static func advice(on table: BlobCard.Table, shown: Range<Int>) -> HTMLText {
        if let obstacle = table.obstacle { return "\n⚠️ " + SettingText.marked(obstacle) + "." }
        if table.columns[shown].contains(table.target) { return HTMLText() }
        return "\nThe most likely target is " + .code(ShownName.line(table.target)) + "."
    }

    /// A line for each mark that a page has.
    private static func explained(_ marks: [TargetMark?]) -> HTMLText {
        TargetMark.allCases.filter(marks.contains).reduce(HTMLText()) { $0 + .plain("\n\($1.meaning)") }
    }

    static func summary(
        _ arguments: TrainArguments,
        card: BlobCard,
        subject: RunOrBlob,
        column: Int,
        engine: EngineName,
        last: Run?,
        price: String?
    ) -> Answer {
        let others = (card.table?.columns.count ?? 1) - 1
        let doubt = card.table.flatMap { TargetMark.doubt(on: column, in: $0) }
        let typed = "/train \(arguments.dataset) \(arguments.parameters)"
        return Answer(
            .bold("Ready to train") + "\n" + .code("\(arguments.dataset)") + "\npredicts "
                + .code(ShownName.line(arguments.parameters.target ?? ""))
                + .plain(
                    " from \(Phrase.count(others, "column")), \(Phrase.count(card.table?.rows ?? 0, "row"))\n"
                )
                + .plain("\(arguments.parameters.learnerName) · engine \(engine)\n\(expected(last))\n")
                + .plain(doubt.map { "⚠️ \($0)\n" } ?? "")
                + .plain(price.map { "\($0)\n\n" } ?? "\n")
                + "As a command: "
                + .code(typed),
            keyboard: InlineKeyboard([
                [.action("▶️ Start", .column(.start, subject, column), style: .primary)],
                [
                    .action("Another column", .column(.page, subject, 1)),
                    .action("Another dataset", .plain(.datasets)),
                ],
            ])
        )
    }

    /// The first rows of a table; nil if the card has none.
    static func firstRows(of card: BlobCard) -> Answer? {
        guard let table = card.table, let sample = table.sample, !sample.isEmpty else { return nil }
        let shown = min(table.columns.count, sample.map(\.count).max() ?? 0)
        let rows = ([Array(table.columns.prefix(shown))] + sample).map { row in
            row.map { ShownName.line($0, limit: 25, nameless: "") }
        }
        let widths = (0..<shown).map { column in
            min(24, rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0)
        }
        let lines = rows.map { row in
            zip(row, widths).map { cell, width in
                String(cell.prefix(24)).padding(toLength: width, withPad: " ", startingAt: 0)
            }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }
        let hidden = table.columns.count - shown
        let more = hidden > 0 ? "\nand \(Phrase.count(hidden, "more column"))" : ""
        return Answer(
            .bold("First rows") + .plain(" of \(Phrase.number(table.rows))\n") + .code("\(card.blob.id)")
                + "\n"
                + .block(lines.joined(separator: "\n")) + .plain(more)
        )
    }

    /// The duration of the `last` training as an estimate, or that the duration is unknown.
    private static func expected(_ last: Run?) -> String {
        guard let last, let start = last.job.startedAt, let end = last.job.finishedAt else {
            return "The duration is known once such a training has finished here."
        }
        return "Takes about \(Phrase.duration(end.timeIntervalSince(start))), as run \(last.id) did."
    }

    private static func shape(of dataset: Dataset) -> String {
        guard let table = dataset.card?.table else {
            return dataset.run.map { "the dataset of run \($0)" } ?? "not read yet"
        }
        let width = table.width ?? table.columns.count
        return "\(Phrase.count(table.rows, "row")) × \(Phrase.count(width, "column")) · "
            + "predicts \(short(table.target))"
    }

    private static func short(_ name: String) -> String {
        ShownName.line(name, limit: 24)
    }
}
