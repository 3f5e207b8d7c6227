import Contract
import Foundation
import Tables
import Trainer
import Walrus

/// A model asked about a few rows or a table, for the bot: the model is the verified blob.
struct PredictWork: Sendable {
    let arguments: PredictArguments
    let files: BotFiles
    let walrus: WalrusGate
    let folder: WorkFolder

    /// How many classes are named beside the most likely one.
    private static let mostShares = 3

    func run() async throws -> Outcome {
        let path = folder.file("model.onnx")
        guard try await walrus.find(arguments.model, to: path) != nil else {
            return .missing(blob: arguments.model)
        }
        guard let table = arguments.table else {
            return try await BackgroundWork.run { _ in .predicted(result: try ask(Self.model(at: path))) }
        }
        do {
            try await fetch(table)
        } catch WalrusError.notFound(let blob) {
            return .missing(blob: blob)
        }
        let answer = try await BackgroundWork.run { [self] _ in
            try TablePrediction(of: folder.file("table"), by: Self.model(at: path), run: arguments.run)
                .answer(in: folder)
        }
        if answer.file != nil { try await files.leave(TablePrediction.answerPath(in: folder)) }
        return .predicted(result: answer)
    }

    private func fetch(_ table: PredictTable) async throws {
        switch table {
        case .file: try await files.fetch(to: folder.file("table")) { _ in }
        case .blob(let blob): _ = try await walrus.fetch(blob, to: folder.file("table"))
        }
    }

    private static func model(at path: String) throws -> Model {
        try MappedFile(path: path).withBytes { try Model(onnx: $0) }
    }

    private func ask(_ model: Model) throws -> Prediction {
        let rows = try rows(for: model.inputs.map(\.name))
        let names = arguments.names ?? model.inputs.map(\.name)
        let csv = Array(([names] + rows).map(Self.line).joined().utf8)
        // As it was written just now, whatever the cells look like.
        var options = CSVOptions()
        (options.separator, options.quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
        (options.hasHeader, options.hasDecimalComma) = (true, false)
        let table = try PredictError.explaining(cellsFor: model) {
            try FeatureTable(csv.span, for: model, options: options, threads: 1)
        }
        guard table.ignored.isEmpty else {
            throw PredictError.unknown(table.ignored, model.inputs.map(\.name))
        }
        let predictions = model.predict(table.columns, threads: 1)
        var prediction = Prediction(
            target: model.target,
            features: names,
            rows: rows.enumerated().map { Self.row($1, number: $0, predictions, model.classes) }
        )
        if !table.unseen.isEmpty { prediction.notes = table.unseenNotes }
        return prediction
    }

    /// The typed cells as rows.
    private func rows(for features: [String]) throws(PredictError) -> [[String]] {
        let cells = arguments.cells
        guard arguments.names == nil else { return [cells] }
        guard !cells.isEmpty, cells.count.isMultiple(of: features.count) else {
            throw .wrongCount(cells.count, features)
        }
        let starts = stride(from: 0, to: cells.count, by: features.count)
        guard cells.count / features.count <= Prediction.mostRows else { throw .tooManyRows }
        return starts.map { Array(cells[$0..<$0 + features.count]) }
    }

    private static func line(_ cells: [String]) -> String {
        cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
    }

    static func row(
        _ cells: [String],
        number: Int,
        _ predictions: Predictions,
        _ classes: [String]
    ) -> Prediction.Row {
        switch predictions {
        case .values(let values):
            return Prediction.Row(cells: cells, said: "\(values[number])", shares: [])
        case .classes(let labels, let probabilities):
            let shares = classes.enumerated().map { index, label in
                Prediction.Share(label: label, share: Double(probabilities[number * classes.count + index]))
            }
            let likely = shares.sorted { $0.share > $1.share }.prefix(mostShares)
            return Prediction.Row(cells: cells, said: classes[Int(labels[number])], shares: Array(likely))
        }
    }
}
