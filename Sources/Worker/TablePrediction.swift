import Contract
import Foundation
import Trainer
import Walrus

/// What a model says of a whole table: all of it where the rows are few, else a summary and a file.
struct TablePrediction {
    private let model: Model
    private let run: Int64
    private let table: FeatureTable
    private let predictions: Predictions

    /// How many classes a summary names.
    private static let mostClasses = 5

    /// Asks `model` about the table at `path`, whose columns are found by name.
    ///
    /// - Throws: ``PredictError``.
    init(of path: String, by model: Model, run: Int64) throws {
        (self.model, self.run) = (model, run)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        table = try MappedFile(path: path).withBytes { bytes in
            try PredictError.explaining { try FeatureTable(bytes, for: model, threads: threads) }
        }
        predictions = model.predict(table.columns, threads: threads)
    }

    /// Where the file of a long answer lies.
    static func answerPath(in folder: WorkFolder) -> String { folder.file("answer.csv") }

    /// The answer; a long one is written into `folder`, too.
    func answer(in folder: WorkFolder) throws -> Prediction {
        let isShort = table.rows <= Prediction.mostRows
        var prediction = Prediction(
            target: model.target,
            features: model.inputs.map(\.name),
            rows: isShort
                ? (0..<table.rows).map {
                    PredictWork.row(["\($0 + 1)"], number: $0, predictions, model.classes)
                } : []
        )
        prediction.notes = notes.isEmpty ? nil : notes
        guard !isShort else { return prediction }
        prediction.summary = Prediction.Summary(rows: table.rows, shares: shares)
        let size = try write(to: Self.answerPath(in: folder))
        guard size <= AnswerFile.limit else { throw PredictError.answerTooLarge(size) }
        prediction.file = AnswerFile(name: "run-\(run)-predictions.csv", size: size)
        return prediction
    }

    /// A row a line, in the table's order; returns how many bytes there are.
    private func write(to path: String) throws -> Int {
        let file = try PartialFile(for: path)
        try PredictionLines(predictions, of: model, json: false).write { try file.append(Array($0)) }
        try file.commit()
        return file.size
    }

    private var shares: [Prediction.Share] {
        guard case .classes(let labels, _) = predictions else { return [] }
        let counts = labels.reduce(into: [Int](repeating: 0, count: model.classes.count)) { counts, label in
            counts[Int(label)] += 1
        }
        return zip(model.classes, counts).filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(Self.mostClasses)
            .map { Prediction.Share(label: $0, share: Double($1) / Double(table.rows)) }
    }

    private var notes: [String] {
        let ignored = table.ignored.filter { $0 != model.target }
        let columns = ignored.isEmpty ? [] : ["The model does not know \(ignored.shortList)."]
        return columns + table.unseenNotes
    }
}

extension FeatureTable {
    /// The categories that the model never saw, a sentence for each column.
    var unseenNotes: [String] {
        unseen.prefix(5).map { column, labels in
            "In \(column) the model never saw \(labels.shortList): taken as missing."
        }
    }
}

extension [String] {
    /// The first few, in quotes.
    fileprivate var shortList: String {
        let shown = prefix(8).map { "\"\($0.prefix(60))\"" }.joined(separator: ", ")
        return count > 8 ? "\(shown) and \(count - 8) more" : shown
    }
}
