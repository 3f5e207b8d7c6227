import Contract
import Foundation
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
        let report: Report?
    }

    private let request: Request

    package init(_ request: Request) {
        self.request = request
    }

    /// Trains; the results appear in their folder together, once all of them are whole.
    ///
    /// `onProgress` hears how much has been learnt, 0 to 1.
    package func run(onProgress: @escaping @Sendable (Double) -> Void = { _ in }) async throws {
        let results = try ResultFolder(request.out)
        do {
            // Inside, so that moving a result out is one step.
            let (folder, hold) = try results.workFolder()
            defer { withExtendedLifetime(hold) { folder.remove() } }
            try results.requireRoom(
                for: ["model.onnx", "receipt.json", "report.json"],
                dataset: request.file
            )
            let result = try await train(in: folder, onProgress: onProgress)
            let receipt = try await receipt(of: result, in: folder)
            let report = result.report.map { _ in folder.file("report.json") }
            let files = [result.modelPath, folder.file("receipt.json")] + [report].compactMap(\.self)
            let names = files.map { URL(filePath: $0).lastPathComponent }
            try results.requireRoom(for: names, dataset: request.file)
            try results.take(files, aside: folder.file("earlier"))
            try summarise(receipt, result)
        } catch {
            results.undo()
            throw error
        }
    }

    private func train(
        in folder: WorkFolder,
        onProgress: @escaping @Sendable (Double) -> Void
    ) async throws -> Training.Result {
        let csv = try await dataset(in: folder)
        let meter = TrainingMeter()
        defer { meter.end() }
        return try await Training(parameters: request.parameters).run(csv: csv, in: folder) { step in
            meter.show(step)
            if case .trainer(.learning(let progress)) = step { onProgress(progress.fraction) }
        }
    }

    /// Writes receipt and report beside the model.
    private func receipt(of result: Training.Result, in folder: WorkFolder) async throws -> Receipt {
        let receipt = Receipt(
            dataset: try await identify(result.dataset, at: request.file ?? folder.file("dataset")),
            parameters: request.parameters,
            trainer: result.trainer,
            model: try await identify(result.model, at: result.modelPath),
            metrics: result.metrics
        )
        try write(try Wire.encode(receipt), to: folder.file("receipt.json"))
        if let report = result.report { try write(try Wire.encode(report), to: folder.file("report.json")) }
        return receipt
    }

    private func dataset(in folder: WorkFolder) async throws -> String {
        if let file = request.file { return file }
        guard let blob = request.blob, let access = request.walrus else {
            throw WorkerError.unreadableRequest("train request with a file, or a blob and where Walrus is")
        }
        let walrus = try WalrusGate(reading: access, http: HTTPClient(userAgent: "okai-worker"))
        let meter = TransferMeter(label: "pulling", plain: .quarters)
        defer { meter.end() }
        _ = try await walrus.fetch(blob, to: folder.file("dataset")) { meter.show($0) }
        return folder.file("dataset")
    }

    /// Adds the blob ID, which takes longer than most trainings, where it is of use.
    private func identify(_ file: FileIdentity, at path: String) async throws -> FileIdentity {
        guard request.blob != nil || request.ids == true else { return file }
        let encoder = try BlobEncoder()
        let blob = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
        return FileIdentity(sha256: file.sha256, id: blob.id, size: file.size)
    }

    private func summarise(_ receipt: Receipt, _ result: Training.Result) throws {
        guard !request.json else {
            let printed = Printed(receipt: receipt, report: result.report)
            return try StandardOutput.writeLine(String(decoding: try Wire.encode(printed), as: UTF8.self))
        }
        let name = URL(filePath: result.modelPath).lastPathComponent
        let id = receipt.model.id.map { "  \($0)" } ?? ""
        let lines =
            (result.report.map { [ReportText($0).text] } ?? [])
            + (receipt.metrics.figures ?? []).map { "\($0.name)  \($0.value)" }
            + [
                "model           \(request.out)/\(name)  \(receipt.model.size) bytes\(id)",
                "receipt         \(request.out)/receipt.json",
            ]
        try StandardOutput.writeLine(lines.joined(separator: "\n"))
    }
}

/// Writes a small file whole or not at all.
func write(_ bytes: [UInt8], to path: String) throws {
    let file = try PartialFile(for: path)
    try file.append(bytes)
    try file.commit()
}
