import Contract
import Foundation
import HTTP
import Trainer
import Walrus

/// `okai-worker train`: one training without a bot, from a file or a blob to a folder of results.
struct TrainVerb: Sendable {
    struct Request: Codable, Sendable {
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

    init(_ request: Request) {
        self.request = request
    }

    func run() async throws {
        try FileManager.default.createDirectory(atPath: request.out, withIntermediateDirectories: true)
        let folder = try WorkFolder(path: nil)
        defer { folder.remove() }
        let encoder = try BlobEncoder()
        let csv = try await dataset(in: folder)
        let dataset = try await identify(csv, encoder)
        let meter = ProgressMeter(label: "training")
        let report = try await Training(parameters: request.parameters).run(
            csv: csv,
            modelPath: "\(request.out)/model.onnx"
        ) { meter.show($0.fraction, note: "\($0.treesGrown) of \($0.trees) trees") }
        meter.end()
        let model = try await identify("\(request.out)/model.onnx", encoder)
        let receipt = Receipt(
            dataset: dataset,
            parameters: request.parameters,
            trainer: ForestModel.formatNumber,
            model: model,
            metrics: TrainMetrics(report)
        )
        try write(try Wire.encode(receipt), to: "\(request.out)/receipt.json")
        try write(try Wire.encode(report), to: "\(request.out)/report.json")
        try summarise(receipt, report)
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
