import Contract
import Foundation
import Jobs
import Store
import Telegram

/// People choose a training by buttons: first the dataset, then the column, then start.
///
/// The data of each button holds all choices so far, so a restart of the bot loses none. Each press is checked like a
/// command.
extension CommandHandler {
    private static let mostDatasets = 8

    /// Offers the datasets that people in this chat last looked at or trained on.
    func offerDatasets() throws {
        var datasets = try transaction.tables(ofChat: update.chat, limit: Self.mostDatasets).map {
            ChoosingText.Dataset(id: $0.blob.id, card: $0)
        }
        for run in try transaction.runs(ofChat: update.chat, limit: 20) {
            guard case .train(let arguments) = run.work else { continue }
            if datasets.contains(where: { $0.id == arguments.dataset }) { continue }
            let card = try transaction.card(of: arguments.dataset)
            datasets.append(.init(id: arguments.dataset, card: card, run: run.id))
        }
        if datasets.isEmpty { refusals.count += 1 }
        try replyInPlace(ChoosingText.datasets(Array(datasets.prefix(Self.mostDatasets))))
    }

    /// Offers a page of the columns that can be predicted; page 0 is the first page as a new message.
    func offerColumns(_ subject: RunOrBlob, page: Int) throws -> String? {
        guard let choice = try choice(of: subject) else { return ChoosingText.runIsGone }
        guard let table = choice.card?.table else { return try lookFirst(choice.arguments.dataset) }
        let text = ChoosingText.columns(of: table, subject, dataset: choice.arguments.dataset, page: page)
        // The button for page 0 is below a card or the end of a run. That message must stay, so the columns are in a
        // new message.
        if page == 0 { try reply(text) } else { try replyInPlace(text) }
        return nil
    }

    /// Shows all choices; the training starts with the next press.
    func summarize(_ subject: RunOrBlob, column: Int) throws -> String? {
        guard let choice = try choice(of: subject) else { return ChoosingText.runIsGone }
        guard let arguments = choice.predicting(column), let card = choice.card else {
            return try lookFirst(choice.arguments.dataset)
        }
        if let refusal = choice.refusal(of: column) { return refusal }
        try replyInPlace(
            ChoosingText.summary(
                arguments,
                card: card,
                subject: subject,
                column: column,
                engine: choice.engine,
                last: try lastTraining(on: arguments.dataset),
                price: try price(on: choice.engine)
            )
        )
        return nil
    }

    func startChosen(_ subject: RunOrBlob, column: Int) throws -> String? {
        guard let choice = try choice(of: subject) else { return ChoosingText.runIsGone }
        guard let arguments = choice.predicting(column) else {
            return try lookFirst(choice.arguments.dataset)
        }
        if let refusal = choice.refusal(of: column) { return refusal }
        return try startOnce(.train(arguments), on: choice.engine)
    }

    /// Shows the first rows of a table; if they are not known, enqueues a job that looks at the blob.
    func firstRows(of blob: BlobID) throws {
        guard let card = try transaction.card(of: blob), let rows = ChoosingText.firstRows(of: card) else {
            return try transaction.enqueueLook(at: blob, origin: origin, at: now)
        }
        try reply(rows)
    }

    /// Enqueues a job that looks at the dataset and makes its card; returns the toast.
    ///
    /// For a dataset without a usable card: the card was deleted by the upkeep, was not made yet, or has no such
    /// column.
    private func lookFirst(_ blob: BlobID) throws -> String {
        try transaction.enqueueLook(at: blob, origin: origin, at: now)
        return ChoosingText.looksFirst
    }

    /// The text about the price; nil if the engine costs nothing.
    private func price(on engine: EngineName) throws -> String? {
        guard engine.isPaid else { return nil }
        return PriceText.expected(try transaction.latestPrice(onEngine: engine), on: engine)
    }

    /// The latest successful training on the dataset, if it is among the chat's last 50 successful runs.
    private func lastTraining(on dataset: BlobID) throws -> Run? {
        try transaction.runs(ofChat: update.chat, in: [.completed], limit: 50).first { run in
            guard case .train(let arguments) = run.work else { return false }
            return arguments.dataset == dataset
        }
    }

    private func choice(of subject: RunOrBlob) throws -> Choice? {
        switch subject {
        case .blob(let blob):
            return Choice(
                arguments: TrainArguments(dataset: blob),
                engine: policy.engine,
                card: try transaction.card(of: blob)
            )
        case .run(let id):
            guard let run = try visibleRun(id), case .train(let arguments) = run.work else { return nil }
            return Choice(
                arguments: arguments,
                engine: run.job.engine,
                card: try transaction.card(of: arguments.dataset)
            )
        }
    }
}

/// The choices so far, and the card of the chosen dataset.
private struct Choice {
    var arguments: TrainArguments
    var engine: EngineName
    var card: BlobCard?

    /// The training with this column as the target; nil if there is no such column or no card.
    func predicting(_ column: Int) -> TrainArguments? {
        guard let columns = card?.table?.columns, columns.indices.contains(column) else { return nil }
        var arguments = arguments
        arguments.parameters.target = columns[column]
        return arguments
    }

    /// Why a training with this column as the target must fail; nil if it may succeed.
    ///
    /// The card tells of a training with default settings: with others, the table may be read in another way.
    func refusal(of column: Int) -> String? {
        guard arguments.parameters.readsByDefault, let table = card?.table else { return nil }
        return TargetMark.refusal(of: column, in: table)
    }
}

extension TrainParameters {
    /// Whether no setting changes how a table is read.
    fileprivate var readsByDefault: Bool {
        [separator, quote, decimal].allSatisfy { $0 == nil } && header == nil && ignore == nil
            && types == nil && missing == nil && thousands == nil
    }
}
