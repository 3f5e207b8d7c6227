import Contract
import Foundation
import Support

/// Runs of `okai-worker train` and `okai-worker predict`.
enum VerbRuns {
    static func train(
        _ file: String,
        to out: String,
        _ parameters: TrainParameters = .init(),
        json: Bool = true,
        ids: Bool = false
    ) async throws -> Program.Result {
        let request = WorkerRequest.Train(file: file, parameters: parameters, out: out, json: json, ids: ids)
        return try await run(.train(request))
    }

    static func predict(
        _ model: String,
        _ csv: String,
        json: Bool = false,
        dialect: TableDialect = .init()
    ) async throws -> Program.Result {
        try await run(.predict(.init(model: model, csv: csv, json: json, dialect: dialect)))
    }

    static func run(_ request: WorkerRequest) async throws -> Program.Result {
        try await Program("okai-worker").run([request.verb.rawValue], input: request.encoded())
    }

    /// Writes `bytes` to the file at `path`, and returns the path.
    static func write(_ bytes: [UInt8], to path: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }
}
