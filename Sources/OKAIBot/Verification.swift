import Contract
import Foundation
import Walrus

/// One verification, in a folder of its own.
struct Verification: Sendable {
    let verifier: BlobVerifier
    let folder: String
    let trainsAgain: Bool

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
        let data = "\(folder)/dataset"
        let dataset = try await part("dataset", receipt.dataset, to: data)
        var model = try await part("model", receipt.model, to: "\(folder)/model")
        if trainsAgain { model.add(try await trainingFinding(receipt, dataset: data)) }
        return [dataset, model]
    }

    /// A receipt of a training on a file may name no blobs; then there is nothing to fetch.
    private func part(_ name: String, _ file: FileIdentity, to path: String) async throws
        -> VerificationReport.Part
    {
        guard let id = file.id else {
            var part = VerificationReport.Part(name: name, blob: nil)
            let words = "the receipt names it by its SHA-256 alone: okaibot train --ids adds blob IDs"
            part.add(Finding(.unchecked, by: Finding.here, words))
            return part
        }
        return try await verifier.part(name, id, size: file.size, to: path)
    }

    /// Trains as the receipt says: the same data, parameters and trainer give the same bytes.
    private func trainingFinding(_ receipt: Receipt, dataset: String) async throws -> Finding {
        guard FileManager.default.fileExists(atPath: dataset) else {
            return Finding(.unchecked, by: Finding.here, "not trained again, because there is no dataset")
        }
        guard receipt.parameters.command == nil else {
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
            ids: true
        )
        guard try await WorkerBinary.run("train", request),
            let again = try Receipt(file: "\(out)/receipt.json")
        else {
            return Finding(.fails, by: Finding.here, "training again failed: see okaibot train")
        }
        guard again.trainer == receipt.trainer else {
            return Finding(
                .unchecked,
                by: Finding.here,
                "not compared: it was made by trainer \(receipt.trainer), and here is trainer \(again.trainer)"
            )
        }
        guard let model = again.model.id, model == receipt.model.id else {
            let words = "training again gave another model, \(again.model.id.map { "\($0)" } ?? "unnamed")"
            return Finding(.fails, by: Finding.here, words)
        }
        return Finding(.holds, by: Finding.here, "trained again here: the same model, bit for bit")
    }
}

extension Receipt {
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
