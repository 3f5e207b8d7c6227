import Contract
import Foundation
import Trainer
import Walrus

/// One verification, in a folder of its own.
struct Verification: Sendable {
    let verifier: BlobVerifier
    let folder: WorkFolder
    let files: LocalFiles
    /// Whether to train again as a receipt says.
    let trainsAgain: Bool
    /// Makes what hears of a training with these parameters, when it begins.
    let watch: @Sendable (TrainParameters) -> @Sendable (Training.Step) -> Void

    /// Where files lie that a receipt names without a blob ID.
    struct LocalFiles: Sendable {
        var dataset: String?
        var model: String?
        /// What is said where there is none.
        var lack: String
    }

    /// Checks a blob, and where it is a receipt all that it names.
    func report(on id: BlobID, object: String? = nil) async throws -> VerificationReport {
        let path = folder.file("blob")
        var part = try await verifier.part("blob", id, object: object, to: path)
        guard let receipt = try Receipt(file: path) else { return VerificationReport(parts: [part]) }
        part.name = "receipt"
        return try await report(on: receipt, beginning: [part])
    }

    /// Checks all that a receipt names; `parts` are known already.
    func report(on receipt: Receipt, beginning parts: [VerificationReport.Part] = []) async throws
        -> VerificationReport
    {
        let fetched = folder.file("dataset")
        let dataset = try await part("dataset", receipt.dataset, to: fetched, or: files.dataset)
        var model = try await part("model", receipt.model, to: folder.file("model"), or: files.model)
        var reproduced: Bool?
        if trainsAgain {
            let data = receipt.dataset.id == nil ? files.dataset ?? fetched : fetched
            let training = Retraining(receipt: receipt, dataset: data, watch: watch)
            let finding = try await training.finding(in: folder)
            model.add(finding)
            reproduced = finding.verdict == .unchecked ? nil : finding.verdict == .holds
        }
        return VerificationReport(parts: parts + [dataset, model], reproduced: reproduced)
    }

    /// What a receipt names: a blob, which is fetched to `path`; without a blob ID the `local` file.
    private func part(
        _ name: String,
        _ file: FileIdentity,
        to path: String,
        or local: String?
    ) async throws -> VerificationReport.Part {
        if let id = file.id {
            var part = try await verifier.part(name, id, size: file.size, to: path)
            if part.holds, file.sha256 != nil { part.add(try await hashFinding(of: path, file)) }
            return part
        }
        var part = VerificationReport.Part(name: name, blob: nil)
        if let local, FileManager.default.fileExists(atPath: local) {
            part.add(try await hashFinding(of: local, file))
        } else {
            let words = local.map { "there is no file \($0)" } ?? files.lack
            part.add(
                Finding(
                    .unchecked,
                    by: Finding.here,
                    "the receipt names it by its SHA-256 alone, and \(words)"
                )
            )
        }
        return part
    }

    /// Whether the file at `path` is the one that a receipt names.
    private func hashFinding(of path: String, _ named: FileIdentity) async throws -> Finding {
        let found = try await BackgroundWork.run { _ in FileIdentity(of: try MappedFile(path: path)) }
        guard let hash = named.sha256 else {
            return Finding(.unchecked, by: Finding.here, "the receipt has no SHA-256 of it")
        }
        guard found.sha256 == hash, found.size == named.size else {
            let words = "has the SHA-256 \(found.sha256 ?? "") and \(found.size) bytes"
            return Finding(.fails, by: Finding.here, "it \(words), not \(hash) and \(named.size)")
        }
        return Finding(.holds, by: Finding.here, "bytes → SHA-256 recomputed here, \(found.size) bytes")
    }
}

extension Receipt {
    /// No receipt is as large as this, in bytes.
    private static let sizeLimit = 4 << 20

    /// Reads the receipt in the file at `path`; nil where there is none, or something else in it.
    init?(file path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }  // nothing was written
        let json = try file.read(upToCount: Self.sizeLimit + 1) ?? Data()
        guard json.count <= Self.sizeLimit, let receipt = try? Wire.decode(Receipt.self, from: json) else {
            return nil
        }
        self = receipt
    }
}
