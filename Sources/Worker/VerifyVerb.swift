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
                model: request.receipt.map(Self.model(besides:)),
                lack: "no file of it is named: name its file with --data"
            ),
            trainsAgain: request.train
        ) { _ in
            bytes.end()
            return { learning.show($0) }
        }
        if let blob = request.blob { return try await report(on: blob, by: verification) }
        guard let receipt = try request.receipt.flatMap({ try Receipt(file: $0) }) else {
            throw WorkerError.noReceipt(request.receipt ?? "")
        }
        return try await verification.report(on: receipt)
    }

    /// Who asks to train again means a receipt.
    private func report(on blob: BlobID, by verification: Verification) async throws -> VerificationReport {
        let report = try await verification.report(on: blob, object: request.object)
        guard request.train, var part = report.parts.first, part.name != "receipt" else { return report }
        part.add(Finding(.fails, by: Finding.here, "it is no receipt to train by"))
        return VerificationReport(parts: [part])
    }

    private static func model(besides receipt: String) -> String {
        URL(filePath: receipt).deletingLastPathComponent().appending(path: "model.onnx")
            .path(percentEncoded: false)
    }
}
