import Contract
import Foundation
import Tables
import Trainer
import Walrus

/// A predict job: fetches a model, and predicts a table or a few rows that somebody typed into a chat.
struct PredictWork: Sendable {
    let arguments: PredictArguments
    let files: ChatFileTransfer
    let walrus: BlobClient
    let folder: WorkFolder

    func run() async throws -> Outcome {
        let path = folder.file("model.onnx")
        _ = try await walrus.fetch(arguments.model, to: path)
        guard let table = arguments.table else {
            return try await BackgroundWork.run { [arguments] _ in
                .predicted(result: try TypedPrediction(arguments, by: Self.model(at: path)).prediction())
            }
        }
        try await fetch(table)
        let prediction = try await BackgroundWork.run { [self] _ in
            try TablePrediction(of: folder.file("table"), by: Self.model(at: path), run: arguments.run)
                .prediction(in: folder)
        }
        if prediction.file != nil { try await files.uploadAnswer(TablePrediction.answerPath(in: folder)) }
        return .predicted(result: prediction)
    }

    private func fetch(_ table: PredictTable) async throws {
        switch table {
        case .file: try await files.download(to: folder.file("table")) { _ in }
        case .blob(let blob): _ = try await walrus.fetch(blob, to: folder.file("table"))
        }
    }

    private static func model(at path: String) throws -> Model {
        try MappedFile(path: path).withBytes { try Model(onnx: $0) }
    }
}
