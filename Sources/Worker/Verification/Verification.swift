import Contract
import Foundation
import Trainer
import Walrus

/// Verifies one blob or one receipt; the fetched files stay in ``folder``.
struct Verification: Sendable {
    var verifier: BlobVerifier
    let folder: WorkFolder
    let files: LocalFiles
    /// Whether to repeat the training of a receipt.
    let repeatsTraining: Bool
    /// Called when the repeated training begins; returns the function that receives the training's steps.
    let onTrainingStart: @Sendable (TrainParameters) -> @Sendable (Training.Step) -> Void

    /// The paths of the local files that are checked when the receipt has no blob ID for its dataset or its model.
    struct LocalFiles: Sendable {
        var dataset: String?
        var model: String?
        /// Why a path is nil; a finding states this reason.
        var noFile: String
    }

    /// Verifies a blob; if the blob is a receipt, also verifies the blobs and files that the receipt names.
    ///
    /// `name` is the name of the blob in the report as long as its content is not known.
    func report(on id: BlobID, as name: String = "blob", object: String? = nil) async throws
        -> VerificationReport
    {
        let path = folder.file("blob")
        var part = try await verifier.verify(name, id, object: object, to: path)
        guard let receipt = try Receipt(file: path) else { return VerificationReport(parts: [part]) }
        part.name = "receipt"
        var others = self
        let named = [receipt.dataset.id, receipt.model.id].compactMap(\.self)
        others.verifier.walrus = verifier.walrus.sharing(id, with: named)
        return try await others.report(on: receipt, after: [part])
    }

    /// Verifies the blobs and files that a receipt names; the report begins with `parts`.
    func report(
        on receipt: Receipt,
        after parts: [VerificationReport.Part] = []
    ) async throws -> VerificationReport {
        let fetched = folder.file("dataset")
        let dataset = try await verify("dataset", receipt.dataset, to: fetched, or: files.dataset)
        var model = try await verify("model", receipt.model, to: folder.file("model"), or: files.model)
        var reproduced: Bool?
        if repeatsTraining {
            let data = receipt.dataset.id == nil ? files.dataset ?? fetched : fetched
            let training = RepeatedTraining(
                receipt: receipt,
                dataset: data,
                isPending: dataset.isPending,
                onStart: onTrainingStart
            )
            let finding = try await training.finding(in: folder)
            model.add(finding)
            reproduced = finding.verdict == .unchecked ? nil : finding.verdict == .holds
        }
        return VerificationReport(parts: parts + [dataset, model], reproduced: reproduced)
    }

    /// Verifies one file of a receipt.
    ///
    /// If `file` has a blob ID, fetches the blob to `path`; otherwise reads the file at `local`.
    private func verify(
        _ name: String,
        _ file: FileIdentity,
        to path: String,
        or local: String?
    ) async throws -> VerificationReport.Part {
        if let id = file.id {
            var part = try await verifier.verify(name, id, size: file.size, to: path)
            if part.holds, file.sha256 != nil { part.add(try await hashFinding(of: path, file)) }
            return part
        }
        var part = VerificationReport.Part(name: name, blob: nil)
        if let local, FileManager.default.fileExists(atPath: local) {
            part.add(try await hashFinding(of: local, file))
        } else {
            let reason = local.map { "there is no file \($0)" } ?? files.noFile
            part.add(
                Finding(
                    .unchecked,
                    by: Finding.thisMachine,
                    "not checked: the receipt has no blob ID for this file, and \(reason)"
                )
            )
        }
        return part
    }

    /// The finding about whether the file at `path` has the SHA-256 and size of `expected`.
    private func hashFinding(of path: String, _ expected: FileIdentity) async throws -> Finding {
        let found = try await BackgroundWork.run { _ in FileIdentity(of: try MappedFile(path: path)) }
        guard let hash = expected.sha256 else {
            return Finding(
                .unchecked,
                by: Finding.thisMachine,
                "not checked: the receipt has no SHA-256 for this file"
            )
        }
        guard found.sha256 == hash, found.size == expected.size else {
            return Finding(
                .fails,
                by: Finding.thisMachine,
                "the file has SHA-256 \(found.sha256 ?? "") and \(found.size) bytes, "
                    + "but the receipt names \(hash) and \(expected.size) bytes"
            )
        }
        return Finding(
            .holds,
            by: Finding.thisMachine,
            "bytes → SHA-256 recomputed here, \(found.size) bytes"
        )
    }
}

extension Receipt {
    /// The size of the largest file that is read as a receipt, in bytes.
    private static let sizeLimit = 4 << 20

    /// Reads the receipt in the file at `path`; nil if there is no such file, or it is not a receipt.
    init?(file path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }  // The file was only read.
        let json = try file.read(upToCount: Self.sizeLimit + 1) ?? Data()
        guard json.count <= Self.sizeLimit, let receipt = try? Wire.decode(Receipt.self, from: json) else {
            return nil
        }
        self = receipt
    }
}
