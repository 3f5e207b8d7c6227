import Contract
import Foundation
import Tables
import Trainer
import Walrus

/// `okai-worker predict`: prints the predictions of a model for each row of a table.
struct PredictVerb {
    private let request: WorkerRequest.Predict

    init(_ request: WorkerRequest.Predict) {
        self.request = request
    }

    func run() throws {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let model = try model()
        let table = try MappedFile(path: request.csv).withBytes {
            try FeatureTable($0, for: model, options: CSVOptions(request.dialect), threads: threads)
        }
        for line in notes(on: table, for: model) {
            StandardError.write("\(line)\n")
        }
        let lines = try PredictionLines(
            model.predict(table.columns, threads: threads),
            of: model,
            json: request.json
        )
        try lines.write { try StandardOutput.append(Array($0)) }
    }

    private func model() throws -> Model {
        do {
            return try MappedFile(path: request.model).withBytes { try Model(onnx: $0) }
        } catch let error as ONNXError {
            throw WorkerError.noModel(path: request.model, reason: "\(error)")
        }
    }

    /// Lines about columns and categories of the table that the model does not use.
    private func notes(on table: FeatureTable, for model: Model) -> [String] {
        let unused = table.ignored.filter { $0 != model.target }
        let columns =
            unused.isEmpty ? [] : ["columns that the model does not use: \(unused.joined(separator: ", "))"]
        return table.notes + columns
            + table.unseen.map { column, labels in
                "column \"\(column)\": values that are not in the training data count as missing: \(labels.quoted)"
            }
    }
}
