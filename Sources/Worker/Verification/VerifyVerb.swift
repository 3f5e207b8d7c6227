import Contract
import Foundation
import HTTP
import Meters
import Walrus

/// `okai-worker verify`: verifies a blob or a receipt without a bot, and prints the findings.
struct VerifyVerb: Sendable {
    private let request: WorkerRequest.Verify

    init(_ request: WorkerRequest.Verify) {
        self.request = request
    }

    /// Verifies and prints the report; returns true if no check failed and every required check was made.
    func run() async throws -> Bool {
        let folder = try WorkFolder(path: nil)
        defer { folder.remove() }
        let report = try await report(in: folder)
        let json = request.json ? String(decoding: try Wire.encode(report), as: UTF8.self) : nil
        try StandardOutput.appendLine(json ?? report.lines.joined(separator: "\n"))
        return report.holds
    }

    private func report(in folder: WorkFolder) async throws -> VerificationReport {
        let (bytes, training) = (TransferMeter(label: "getting"), TrainingMeter(plain: .nothing))
        defer {
            bytes.end()
            training.end()
        }
        let receipt = try receipt()
        let http = HTTPClient(userAgent: "okai-worker")
        let chain = try request.walrus.chain.map { try ChainCheck($0, http: http) }
        let verifier = BlobVerifier(
            walrus: try BlobClient(reading: request.walrus, http: http),
            chain: chain,
            noChain: request.noChain,
            needsChain: chain != nil
        ) { bytes.show($0) }
        let verification = Verification(
            verifier: verifier,
            folder: folder,
            files: .init(
                dataset: request.data,
                model: receipt.map { model(of: $0, beside: request.receipt ?? "") },
                noFile: "no local file was named; the option --data names a dataset"
            ),
            repeatsTraining: request.train
        ) { _ in
            bytes.end()
            return { training.show($0) }
        }
        if let blob = request.blob { return try await report(on: blob, by: verification) }
        guard let receipt else { throw WorkerError.noReceipt(path: "") }
        return try await verification.report(on: receipt)
    }

    /// The receipt in the request's file; nil if the request names a blob instead.
    private func receipt() throws -> Receipt? {
        guard let path = request.receipt else { return nil }
        guard let receipt = try Receipt(file: path) else { throw WorkerError.noReceipt(path: path) }
        if request.data != nil, receipt.dataset.id != nil {
            StandardError.write("--data is ignored: the dataset is fetched by the blob ID in the receipt\n")
        }
        return receipt
    }

    /// Only the training of a receipt can be repeated, so `--train` fails for any other blob.
    private func report(on blob: BlobID, by verification: Verification) async throws -> VerificationReport {
        let report = try await verification.report(on: blob, object: request.object)
        guard request.train, var part = report.parts.first, part.name != "receipt" else { return report }
        part.add(Finding(.fails, by: Finding.thisMachine, "not trained again: the blob is not a receipt"))
        return VerificationReport(parts: [part])
    }

    /// The path of the receipt's model file, which is in the same folder as the receipt file at `path`.
    ///
    /// It is the first file named `model` or `model.*` that has the size in the receipt. If there is none, it is
    /// `model.onnx`.
    private func model(of receipt: Receipt, beside path: String) -> String {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        // If the folder cannot be read, a finding reports later that the model file is missing.
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let found = names.first { name in
            let file = ModelFileName.matches(name) ? try? MappedFile(path: "\(folder)/\(name)") : nil
            return file?.size == receipt.model.size
        }
        return "\(folder)/\(found ?? "model.onnx")"
    }
}
