import Contract
import Foundation
import Tables
import Trainer
import Walrus

/// `okai-worker predict`: what a model says of each row of a table.
struct PredictVerb {
    struct Request: Codable {
        var model: String
        var csv: String
        /// Whether to print an object per line instead of a table.
        var json: Bool
        /// How the table is written; nil, as all that is nil in it: found out.
        var dialect: TableDialect?
    }

    private let request: Request

    init(_ request: Request) {
        self.request = request
    }

    func run() throws {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let model = try model()
        let table = try MappedFile(path: request.csv).withBytes {
            try FeatureTable(
                $0,
                for: model,
                options: CSVOptions(request.dialect ?? TableDialect()),
                threads: threads
            )
        }
        for line in notes(on: table, for: model) {
            FileHandle.standardError.write(Data("\(line)\n".utf8))
        }
        let lines = PredictionLines(
            model.predict(table.columns, threads: threads),
            of: model,
            json: request.json
        )
        try lines.write { try StandardOutput.write($0) }
    }

    private func model() throws -> Model {
        do {
            return try MappedFile(path: request.model).withBytes { try Model(onnx: $0) }
        } catch let error as ONNXError {
            throw WorkerError.noModel(path: request.model, reason: "\(error)")
        }
    }

    /// What of the table the model cannot use.
    private func notes(on table: FeatureTable, for model: Model) -> [String] {
        let unused = table.ignored.filter { $0 != model.target }
        let columns =
            unused.isEmpty ? [] : ["columns that the model does not take: \(unused.joined(separator: ", "))"]
        return columns
            + table.unseen.map { column, labels in
                "column \"\(column)\": the model never saw \(labels.quoted), and takes that as missing"
            }
    }
}
