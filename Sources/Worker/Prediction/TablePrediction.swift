import Contract
import Foundation
import Tables
import Trainer
import Walrus

/// Predicts a table: shows each prediction if there are few rows, otherwise a summary and a file.
struct TablePrediction {
    private let model: Model
    private let run: RunID
    private let table: FeatureTable
    private let predictions: Predictions

    /// The largest number of classes that a summary names.
    private static let maxClasses = 5

    /// Predicts every row of the table at `path`.
    ///
    /// The columns may be in any order: they are matched to features by name.
    ///
    /// - Throws: ``PredictError`` if the table does not suit the model; an error if the file cannot be read.
    init(of path: String, by model: Model, run: RunID) throws {
        (self.model, self.run) = (model, run)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        table = try MappedFile(path: path).withBytes { bytes in
            try PredictError.explainingTable { try FeatureTable(bytes, for: model, threads: threads) }
        }
        predictions = model.predict(table.columns, threads: threads)
    }

    /// The path of the file with all predictions.
    static func answerPath(in folder: WorkFolder) -> String { folder.file("answer.csv") }

    /// The predictions for the chat.
    ///
    /// If there are more than `Prediction.mostRows` rows, writes the predictions to a file in `folder`.
    func prediction(in folder: WorkFolder) throws -> Prediction {
        let isShort = table.rows <= Prediction.mostRows
        var prediction = Prediction(
            target: model.target,
            features: model.neededColumns,
            rows: isShort
                ? (0..<table.rows).map {
                    Prediction.Row(cells: ["\($0 + 1)"], row: $0, of: predictions, by: model)
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

    /// Writes one line per row, in the table's order, and returns the file's size in bytes.
    private func write(to path: String) throws -> Int {
        let file = try PartialFile(for: path)
        try PredictionLines(predictions, of: model, json: false).write { try file.append(Array($0)) }
        try file.commit()
        return file.size
    }

    /// The most frequent predicted classes, each with the fraction of rows that it has; empty for a regression.
    private var shares: [Prediction.Share] {
        guard case .classes(let labels, _) = predictions else { return [] }
        let counts = labels.reduce(into: [Int](repeating: 0, count: model.classes.count)) { counts, label in
            counts[Int(label)] += 1
        }
        return zip(model.classes, counts).filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(Self.maxClasses)
            .map { Prediction.Share(label: $0, share: Double($1) / Double(table.rows)) }
    }

    private var notes: [String] {
        let ignored = table.ignored.filter { $0 != model.target }
        let columns = ignored.isEmpty ? [] : ["Columns that the model does not use: \(ignored.shortList)."]
        return table.notes + columns + table.unseenNotes
    }
}

extension FeatureTable {
    /// A sentence for each of the first five columns with categories that were not in the training data.
    var unseenNotes: [String] {
        unseen.prefix(5).map { column, labels in
            "In \(column), values that are not in the training data count as missing: \(labels.shortList)."
        }
    }
}

extension [String] {
    /// The first eight strings in quotes, and the count of the others.
    fileprivate var shortList: String {
        let shown = prefix(8).map { "\"\($0.prefix(60))\"" }.joined(separator: ", ")
        return count > 8 ? "\(shown) and \(count - 8) more" : shown
    }
}
