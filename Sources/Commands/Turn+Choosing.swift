import Contract
import Foundation
import Jobs
import Store
import Telegram

/// A training put together by tapping: which dataset, which column, go.
///
/// All that was chosen so far stands in the buttons, so that a restart forgets nothing; none of it is trusted.
extension Turn {
    /// Which of the datasets that this chat has looked at or trained on.
    func offerDatasets() throws {
        let limit = 8
        var datasets = try transaction.tables(ofChat: incoming.chat, limit: limit).map {
            ChooseWords.Dataset(id: $0.blob.id, card: $0)
        }
        for run in try transaction.runs(ofChat: incoming.chat, limit: 20) {
            guard case .train(let arguments) = run.run.work else { continue }
            if datasets.contains(where: { $0.id == arguments.dataset }) { continue }
            let card = try transaction.card(of: arguments.dataset)
            datasets.append(.init(id: arguments.dataset, card: card, run: run.number))
        }
        try redraw(ChooseWords.datasets(Array(datasets.prefix(limit))))
    }

    /// Which column to predict.
    func offerColumns(_ basis: RunOrBlob, page: Int) throws -> String? {
        guard let choice = try choice(basis) else { return ChooseWords.gone }
        guard let table = choice.card?.table else { return try lookFirst(choice.arguments.dataset) }
        let words = ChooseWords.columns(of: table, basis, dataset: choice.arguments.dataset, page: page)
        // Below a card or the end of a run, which stay as they are, the question is a message of its own.
        if page == 0 { try say(words) } else { try redraw(words) }
        return nil
    }

    /// All that was chosen, before it begins.
    func offerGo(_ basis: RunOrBlob, column: Int) throws -> String? {
        guard let choice = try choice(basis) else { return ChooseWords.gone }
        guard let arguments = choice.predicting(column), let card = choice.card else {
            return try lookFirst(choice.arguments.dataset)
        }
        try redraw(
            ChooseWords.summary(
                arguments,
                card: card,
                basis: basis,
                column: column,
                engine: choice.engine,
                last: try lastRun(on: arguments.dataset),
                price: try price(on: choice.engine)
            )
        )
        return nil
    }

    func go(_ basis: RunOrBlob, column: Int) throws -> String? {
        guard let choice = try choice(basis) else { return ChooseWords.gone }
        guard let arguments = choice.predicting(column) else {
            return try lookFirst(choice.arguments.dataset)
        }
        return try startOnce(.train(arguments), on: choice.engine)
    }

    func firstRows(of blob: BlobID) throws {
        guard let card = try transaction.card(of: blob), let rows = ChooseWords.firstRows(of: card) else {
            return try transaction.look(at: blob, origin: origin, at: now)
        }
        try say(rows)
    }

    /// The card has not come, or has been forgotten: it comes now, with the button to go on with.
    private func lookFirst(_ blob: BlobID) throws -> String {
        try transaction.look(at: blob, origin: origin, at: now)
        return ChooseWords.looking
    }

    /// What is said of money; nil where the engine costs none.
    private func price(on engine: String) throws -> String? {
        guard engine == FluenceEngine.word else { return nil }
        return PriceWords.expected(try transaction.latestPrice(onEngine: engine))
    }

    /// How long the latest training on the dataset took that this chat saw succeed.
    private func lastRun(on dataset: BlobID) throws -> RunAndJob? {
        try transaction.runs(ofChat: incoming.chat, in: [.completed], limit: 50).first { run in
            guard case .train(let arguments) = run.run.work else { return false }
            return arguments.dataset == dataset
        }
    }

    private func choice(_ basis: RunOrBlob) throws -> Choice? {
        switch basis {
        case .blob(let blob):
            return Choice(
                arguments: TrainArguments(dataset: blob),
                engine: policy.engine,
                card: try transaction.card(of: blob)
            )
        case .run(let number):
            guard let run = try visibleRun(number), case .train(let arguments) = run.run.work else {
                return nil
            }
            return Choice(
                arguments: arguments,
                engine: run.job.engine,
                card: try transaction.card(of: arguments.dataset)
            )
        }
    }
}

/// What a training begins with, and what is known of its dataset.
private struct Choice {
    var arguments: TrainArguments
    var engine: String
    var card: BlobCard?

    /// The training of that column; nil where there is none, or nobody has looked.
    func predicting(_ column: Int) -> TrainArguments? {
        guard let columns = card?.table?.columns, columns.indices.contains(column) else { return nil }
        var arguments = arguments
        arguments.parameters.target = columns[column]
        return arguments
    }
}
