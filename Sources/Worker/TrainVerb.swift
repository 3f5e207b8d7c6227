import Contract
import Foundation
import Glibc
import HTTP
import Meters
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
        /// Whether to print receipt and report as JSON instead of a summary.
        var json: Bool
        /// Whether the receipt names files by their blob IDs too, as it does for a blob.
        var ids: Bool?
    }

    /// What `--json` prints.
    private struct Printed: Encodable {
        let receipt: Receipt
        let report: Report
    }

    private let request: Request

    package init(_ request: Request) {
        self.request = request
    }

    /// Trains; the results appear in their folder together, once all of them are whole.
    ///
    /// `onProgress` hears how much has been learnt, 0 to 1.
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
    ) async throws -> (Receipt, Report) {
        let csv = try await dataset(in: folder)
        let meter = TrainingMeter()
        let training = Training(parameters: request.parameters)
        let model = folder.file("model.onnx")
        let result = try await training.run(csv: csv, modelPath: model) { step in
            meter.show(step)
            if case .learning(let progress) = step { onProgress(progress.fraction) }
        }
        meter.end()
        let receipt = Receipt(
            dataset: try await identify(result.dataset, at: csv),
            parameters: request.parameters,
            trainer: Model.formatNumber,
            model: try await identify(result.model, at: model),
            metrics: TrainMetrics(result.report)
        )
        try write(try Wire.encode(receipt), to: folder.file("receipt.json"))
        try write(try Wire.encode(result.report), to: folder.file("report.json"))
        return (receipt, result.report)
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
        let meter = TransferMeter(label: "pulling", plain: .quarters)
        defer { meter.end() }
        _ = try await client.fetch(blob, to: folder.file("dataset")) { meter.show($0) }
        return folder.file("dataset")
    }

    /// Adds the blob ID, which takes longer than most trainings, where it is of use.
    private func identify(_ file: FileIdentity, at path: String) async throws -> FileIdentity {
        guard request.blob != nil || request.ids == true else { return file }
        let encoder = try BlobEncoder()
        let blob = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
        return FileIdentity(sha256: file.sha256, id: blob.id, size: file.size)
    }

    private func summarise(_ receipt: Receipt, _ report: Report) throws {
        guard !request.json else {
            let printed = Printed(receipt: receipt, report: report)
            return print(String(decoding: try Wire.encode(printed), as: UTF8.self))
        }
        print(ReportText(report).text)
        let id = receipt.model.id.map { "  \($0)" } ?? ""
        print("model           \(request.out)/model.onnx  \(receipt.model.size) bytes\(id)")
        print("receipt         \(request.out)/receipt.json")
    }
}

/// Writes a small file whole or not at all.
func write(_ bytes: [UInt8], to path: String) throws {
    let file = try PartialFile(for: path)
    try file.append(bytes)
    try file.keep()
}
