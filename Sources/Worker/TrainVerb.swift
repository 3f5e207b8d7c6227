import Contract
import Foundation
import Glibc
import HTTP
import Trainer
import Walrus

/// `okai-worker train`: one training without a bot, from a file or a blob to a folder of results.
package struct TrainVerb: Sendable {
    package struct Request: Codable, Sendable {
        /// The CSV; nil: `blob` is fetched.
        var file: String?
        var blob: BlobID?
        var walrus: WalrusAccess?
        var parameters: TrainParameters
        /// The folder for `model.onnx`, `report.json` and `receipt.json`.
        var out: String
        /// Whether to print the receipt instead of a summary.
        var json: Bool
    }

    private let request: Request

    package init(_ request: Request) {
        self.request = request
    }

    /// Trains; the results appear in their folder together, once all of them are whole.
    ///
    /// `onProgress` hears how much of the forest has grown, 0 to 1.
    package func run(onProgress: @escaping @Sendable (Double) -> Void = { _ in }) async throws {
        let isNew = !FileManager.default.fileExists(atPath: request.out)
        try FileManager.default.createDirectory(atPath: request.out, withIntermediateDirectories: true)
        do {
            // Inside, so that moving a result out is one step.
            let folder = try WorkFolder(path: "\(request.out)/.okai-\(UUID().uuidString)")
            defer { folder.remove() }
            let (receipt, report) = try await train(in: folder, onProgress: onProgress)
            for name in Self.results {
                guard rename(folder.file(name), "\(request.out)/\(name)") == 0 else {
                    throw WalrusError.file("cannot write \(request.out)/\(name)")
                }
            }
            try summarise(receipt, report)
        } catch {
            if isNew { rmdir(request.out) }
            throw error
        }
    }

    private static let results = ["model.onnx", "receipt.json", "report.json"]

    private func train(
        in folder: WorkFolder,
        onProgress: @escaping @Sendable (Double) -> Void
    ) async throws -> (Receipt, ForestReport) {
        let encoder = try BlobEncoder()
        let csv = try await dataset(in: folder)
        let dataset = try await identify(csv, encoder)
        let meter = ProgressMeter(label: "training")
        defer { meter.end() }
        let model = folder.file("model.onnx")
        let report = try await Training(parameters: request.parameters).run(csv: csv, modelPath: model) {
            meter.show($0.fraction, note: "\($0.done) of \($0.total) trees")
            onProgress($0.fraction)
        }
        let receipt = Receipt(
            dataset: dataset,
            parameters: request.parameters,
            trainer: Model.formatNumber,
            model: try await identify(model, encoder),
            metrics: TrainMetrics(report)
        )
        try write(try Wire.encode(receipt), to: folder.file("receipt.json"))
        try write(try Wire.encode(report), to: folder.file("report.json"))
        return (receipt, report)
    }

    private func dataset(in folder: WorkFolder) async throws -> String {
        if let file = request.file { return file }
        guard let blob = request.blob, let access = request.walrus else {
            throw WorkerError.unreadableRequest("train request with a file, or a blob and where Walrus is")
        }
        let client = WalrusClient(
            aggregators: try access.aggregators.map { try BaseURL($0) },
            publisher: try BaseURL(access.publisher),
            http: HTTPClient(userAgent: "okai-worker"),
            encoder: try BlobEncoder()
        )
        let meter = ProgressMeter(label: "pulling")
        _ = try await client.fetch(blob, to: folder.file("dataset")) { meter.show($0, note: nil) }
        meter.end()
        return folder.file("dataset")
    }

    private func identify(_ path: String, _ encoder: BlobEncoder) async throws -> StoredBlob {
        try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
    }

    private func summarise(_ receipt: Receipt, _ report: ForestReport) throws {
        guard !request.json else {
            return print(String(decoding: try Wire.encode(receipt), as: UTF8.self))
        }
        func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
        print("accuracy    \(percent(report.accuracy)) on \(report.testRows) rows that the model never saw")
        print("baseline    \(percent(report.baselineAccuracy)) by always naming the most frequent class")
        print("macro F1    \(percent(report.macroF1))")
        if let score = report.outOfBagScore { print("out of bag  \(percent(score))") }
        for warning in report.warnings { print("note        \(warning)") }
        print("model       \(request.out)/model.onnx  \(receipt.model.id)")
        print("receipt     \(request.out)/receipt.json")
    }
}
