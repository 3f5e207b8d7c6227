import Contract
import Foundation
import Walrus

/// One verification, in a folder of its own.
struct Verification: Sendable {
    let verifier: BlobVerifier
    let folder: String
    let files: LocalFiles
    let trainsAgain: Bool

    /// Where files lie that a receipt names without a blob ID.
    struct LocalFiles: Sendable {
        let dataset: String?
        let model: String
    }

    /// Checks a blob, and where it is a receipt all that it names.
    func report(on id: BlobID, object: String?) async throws -> VerificationReport {
        let path = "\(folder)/blob"
        let part = try await verifier.part("blob", id, object: object, to: path)
        guard let receipt = try Receipt(file: path) else {
            var part = part
            if trainsAgain { part.add(Finding(.fails, by: Finding.here, "it is no receipt to train by")) }
            return VerificationReport(parts: [part])
        }
        return VerificationReport(parts: [part.renamed("receipt")] + (try await parts(of: receipt)))
    }

    /// Checks all that a receipt names.
    func report(on receipt: Receipt) async throws -> VerificationReport {
        VerificationReport(parts: try await parts(of: receipt))
    }

    private func parts(of receipt: Receipt) async throws -> [VerificationReport.Part] {
        let fetched = "\(folder)/dataset"
        let dataset = try await part("dataset", receipt.dataset, to: fetched, or: files.dataset)
        var model = try await part("model", receipt.model, to: "\(folder)/model", or: files.model)
        if trainsAgain {
            let data = receipt.dataset.id == nil ? files.dataset ?? fetched : fetched
            model.add(try await trainingFinding(receipt, dataset: data))
        }
        return [dataset, model]
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
            if part.holds, file.sha256 != nil { part.add(try hashFinding(of: path, file)) }
            return part
        }
        var part = VerificationReport.Part(name: name, blob: nil)
        if let local, FileManager.default.fileExists(atPath: local) {
            part.add(try hashFinding(of: local, file))
        } else {
            let words = local.map { "there is no file \($0)" } ?? "name its file with --data"
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
    private func hashFinding(of path: String, _ named: FileIdentity) throws -> Finding {
        let found = FileIdentity(of: try MappedFile(path: path))
        guard let hash = named.sha256 else {
            return Finding(.unchecked, by: Finding.here, "the receipt has no SHA-256 of it")
        }
        guard found.sha256 == hash, found.size == named.size else {
            let words = "has the SHA-256 \(found.sha256 ?? "") and \(found.size) bytes"
            return Finding(.fails, by: Finding.here, "it \(words), not \(hash) and \(named.size)")
        }
        return Finding(.holds, by: Finding.here, "bytes → SHA-256 recomputed here, \(found.size) bytes")
    }

    /// Trains as the receipt says: the same data, parameters and trainer give the same bytes.
    private func trainingFinding(_ receipt: Receipt, dataset: String) async throws -> Finding {
        guard FileManager.default.fileExists(atPath: dataset) else {
            return Finding(.unchecked, by: Finding.here, "not trained again, because there is no dataset")
        }
        guard receipt.parameters.command == nil, let trainer = receipt.trainer else {
            return Finding(
                .unchecked,
                by: Finding.here,
                "not trained again, because an owner's own command made it"
            )
        }
        let out = "\(folder)/again"
        let request = Train.Request(
            file: dataset,
            parameters: receipt.parameters,
            out: out,
            json: true,
            ids: receipt.model.id != nil
        )
        guard try await WorkerBinary.run("train", request),
            let again = try Receipt(file: "\(out)/receipt.json")
        else {
            return Finding(.fails, by: Finding.here, "training again failed: see okaibot train")
        }
        guard again.trainer == trainer else {
            return Finding(
                .unchecked,
                by: Finding.here,
                "not compared: it was made by trainer \(trainer), and here is \(again.trainer.map { "trainer \($0)" } ?? "none")"
            )
        }
        let differences = receipt.differences(to: again)
        guard differences.isEmpty else {
            let words = differences.joined(separator: "; ")
            return Finding(.fails, by: Finding.here, "training again gave \(words)")
        }
        return Finding(.holds, by: Finding.here, "trained again here: the same model, bit for bit")
    }
}

extension Receipt {
    /// What a repeated training gave instead of what this receipt says.
    fileprivate func differences(to again: Receipt) -> [String] {
        var differences: [String] = []
        if let id = model.id, again.model.id != id {
            differences.append("another model, \(again.model.id.map { "\($0)" } ?? "unnamed")")
        } else if again.model.sha256 != model.sha256 ?? again.model.sha256 || again.model.size != model.size {
            differences.append("another model, of the SHA-256 \(again.model.sha256 ?? "")")
        } else if model.id == nil, model.sha256 == nil {
            differences.append("a model that the receipt does not name")
        }
        if let hash = dataset.sha256, again.dataset.sha256 != hash {
            differences.append("a dataset of another SHA-256, \(again.dataset.sha256 ?? "")")
        }
        if again.metrics != metrics { differences.append("other metrics than those of the receipt") }
        return differences
    }

    /// No receipt is as large as this, in bytes.
    private static let sizeLimit = 4 << 20

    /// Reads a receipt; nil where `json` is something else.
    init?(json: Data) {
        guard json.count <= Self.sizeLimit, let receipt = try? Wire.decode(Receipt.self, from: json) else {
            return nil
        }
        self = receipt
    }

    /// Reads the receipt in the file at `path`; nil where there is none, or something else in it.
    init?(file path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }  // nothing was written
        self.init(json: try file.read(upToCount: Self.sizeLimit + 1) ?? Data())
    }
}
