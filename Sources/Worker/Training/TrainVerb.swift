package import Contract
import Foundation
import HTTP
import Meters
import Trainer
import Walrus

/// `okai-worker train`: trains once without a bot, on a file or a blob, and writes the results into a folder.
package struct TrainVerb: Sendable {
    /// The output of `--json`.
    private struct Printed: Encodable {
        let receipt: Receipt
        let report: Report?
    }

    private let request: WorkerRequest.Train

    package init(_ request: WorkerRequest.Train) {
        self.request = request
    }

    /// Trains, and moves all results together into their folder when the last one is complete.
    package func run() async throws {
        let results = try ResultFolder(request.out)
        do {
            let (folder, lock) = try results.createWorkFolder()
            defer { withExtendedLifetime(lock) { folder.remove() } }
            try results.requireReplaceable(
                ["model.onnx", "receipt.json", "report.json"],
                dataset: request.file
            )
            let result = try await train(in: folder)
            let receipt = try await writeReceipt(of: result, in: folder)
            let report = result.report.map { _ in folder.file("report.json") }
            let files = [result.modelPath, folder.file("receipt.json")] + [report].compactMap(\.self)
            let names = files.map { URL(filePath: $0).lastPathComponent }
            try results.requireReplaceable(names, dataset: request.file)
            try results.replaceResults(with: files, movingOldTo: folder.file("earlier"))
            try printSummary(receipt, result)
        } catch {
            results.removeCreatedFolders()
            throw error
        }
    }

    private func train(in folder: WorkFolder) async throws -> Training.Result {
        let csv = try await dataset(in: folder)
        let meter = TrainingMeter()
        defer { meter.end() }
        return try await Training(parameters: request.parameters).run(csv: csv, in: folder) { meter.show($0) }
    }

    /// Writes the receipt into `folder`, and the report if there is one.
    private func writeReceipt(of result: Training.Result, in folder: WorkFolder) async throws -> Receipt {
        let receipt = Receipt(
            dataset: try await identify(result.dataset, at: request.file ?? folder.file("dataset")),
            parameters: request.parameters,
            trainer: result.trainer,
            model: try await identify(result.model, at: result.modelPath),
            metrics: result.metrics
        )
        try folder.write(try Wire.encode(receipt), to: "receipt.json")
        if let report = result.report { try folder.write(try Wire.encode(report), to: "report.json") }
        return receipt
    }

    /// The path of the dataset, which is fetched if it is a blob.
    private func dataset(in folder: WorkFolder) async throws -> String {
        if let file = request.file { return file }
        guard let blob = request.blob, let access = request.walrus else {
            throw WorkerError.unreadableRequest("a train request with a file, or a blob and Walrus settings")
        }
        let walrus = try BlobClient(reading: access, http: HTTPClient(userAgent: "okai-worker"))
        let meter = TransferMeter(label: "pulling", plain: .quarters)
        defer { meter.end() }
        _ = try await walrus.fetch(blob, to: folder.file("dataset")) { meter.show($0) }
        return folder.file("dataset")
    }

    /// Adds the blob ID if the dataset is a blob or the request asks for IDs.
    ///
    /// Otherwise no ID is computed, because that may take longer than the training.
    private func identify(_ file: FileIdentity, at path: String) async throws -> FileIdentity {
        guard request.blob != nil || request.ids else { return file }
        let encoder = try BlobEncoder()
        let blob = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
        return FileIdentity(sha256: file.sha256, id: blob.id, size: file.size)
    }

    private func printSummary(_ receipt: Receipt, _ result: Training.Result) throws {
        guard !request.json else {
            let printed = Printed(receipt: receipt, report: result.report)
            return try StandardOutput.appendLine(String(decoding: try Wire.encode(printed), as: UTF8.self))
        }
        let name = URL(filePath: result.modelPath).lastPathComponent
        let id = receipt.model.id.map { "  \($0)" } ?? ""
        let lines =
            (result.report.map { [ReportText($0).text] } ?? [])
            + (receipt.metrics.figures ?? []).map { "\($0.name)  \($0.value)" }
            + [
                ReportText.line("model", "\(request.out)/\(name)  \(receipt.model.size) bytes\(id)"),
                ReportText.line("receipt", "\(request.out)/receipt.json"),
            ]
        try StandardOutput.appendLine(lines.joined(separator: "\n"))
    }
}
