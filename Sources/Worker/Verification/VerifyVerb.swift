import Contract
import Foundation
import HTTP
import Meters
import Walrus

/// `okai-worker verify`: what can be trusted of a blob or a receipt, without a bot.
struct VerifyVerb: Sendable {
    struct Request: Codable, Sendable {
        /// Nil: `receipt` is verified.
        var blob: BlobID?
        /// The blob's object on the chain, which must then be right.
        var object: String?
        /// The file of a receipt; what it names without a blob ID are the model beside it and the file `data`.
        var receipt: String?
        var data: String?
        var walrus: WalrusAccess
        /// Why no chain is asked, where none is.
        var noChain: String
        /// Whether to train again.
        var train: Bool
        /// Whether to print JSON instead of lines.
        var json: Bool
    }

    private let request: Request

    init(_ request: Request) {
        self.request = request
    }

    /// Verifies, prints what was found out, and says whether all of it holds.
    func run() async throws -> Bool {
        let folder = try WorkFolder(path: nil)
        defer { folder.remove() }
        let report = try await report(in: folder)
        let json = request.json ? String(decoding: try Wire.encode(report), as: UTF8.self) : nil
        try StandardOutput.writeLine(json ?? report.lines.joined(separator: "\n"))
        return report.holds
    }

    private func report(in folder: WorkFolder) async throws -> VerificationReport {
        let (bytes, learning) = (TransferMeter(label: "getting"), TrainingMeter(plain: .nothing))
        defer {
            bytes.end()
            learning.end()
        }
        let receipt = try receipt()
        let http = HTTPClient(userAgent: "okai-worker")
        let chain = try request.walrus.chain.map { try ChainCheck($0, http: http) }
        let verifier = BlobVerifier(
            walrus: try WalrusGate(reading: request.walrus, http: http),
            chain: chain,
            noChain: request.noChain,
            needsChain: chain != nil
        ) { bytes.show($0) }
        let verification = Verification(
            verifier: verifier,
            folder: folder,
            files: .init(
                dataset: request.data,
                model: receipt.map { model($0, beside: request.receipt ?? "") },
                lack: "no file of it is at hand; a dataset's is named with --data"
            ),
            trainsAgain: request.train
        ) { _ in
            bytes.end()
            return { learning.show($0) }
        }
        if let blob = request.blob { return try await report(on: blob, by: verification) }
        guard let receipt else { throw WorkerError.noReceipt("") }
        return try await verification.report(on: receipt)
    }

    /// That in the file; nil where a blob is verified.
    private func receipt() throws -> Receipt? {
        guard let path = request.receipt else { return nil }
        guard let receipt = try Receipt(file: path) else { throw WorkerError.noReceipt(path) }
        if request.data != nil, receipt.dataset.id != nil {
            let note =
                "the receipt names its dataset by a blob ID, which is fetched: --data is not looked at\n"
            FileHandle.standardError.write(Data(note.utf8))
        }
        return receipt
    }

    /// Who asks to train again means a receipt.
    private func report(on blob: BlobID, by verification: Verification) async throws -> VerificationReport {
        let report = try await verification.report(on: blob, object: request.object)
        guard request.train, var part = report.parts.first, part.name != "receipt" else { return report }
        part.add(Finding(.fails, by: Finding.here, "it is no receipt to train by"))
        return VerificationReport(parts: [part])
    }

    /// The path of a model beside the file of its receipt: one of its size, whatever its suffix; else where it should be.
    private func model(_ receipt: Receipt, beside path: String) -> String {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        // A folder that cannot be read has no model; the verdict then says so.
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let found = names.first { name in
            let file = ModelName.isOne(name) ? try? MappedFile(path: "\(folder)/\(name)") : nil
            return file?.size == receipt.model.size
        }
        return "\(folder)/\(found ?? "model.onnx")"
    }
}
