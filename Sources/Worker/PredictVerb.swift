import Contract
import Foundation
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
        let model = try MappedFile(path: request.model).withBytes { try Model(onnx: $0) }
        let table = try MappedFile(path: request.csv).withBytes {
            try FeatureTable(
                $0,
                for: model,
                options: CSVOptions(request.dialect ?? TableDialect()),
                threads: threads
            )
        }
        let unused = table.ignored.filter { $0 != model.target }
        if !unused.isEmpty {
            FileHandle.standardError.write(
                Data("columns that the model does not take: \(unused.joined(separator: ", "))\n".utf8)
            )
        }
        let lines = PredictionLines(
            model.predict(table.columns, threads: threads),
            of: model,
            json: request.json
        )
        try lines.write { try StandardOutput.write($0) }
    }
}
