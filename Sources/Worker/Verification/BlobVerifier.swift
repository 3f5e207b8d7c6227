import Contract
import Walrus

/// Verifies that the bytes of a blob have the blob's ID, and that the blob is registered on the chain.
struct BlobVerifier: Sendable {
    var walrus: BlobClient
    /// Nil if the registration is not checked on a chain.
    let chain: ChainCheck?
    /// Why `chain` is nil; a finding states this reason.
    let noChain: String
    /// Whether the verification of a blob fails if the check on the chain gives no verdict.
    ///
    /// There is no verdict if the chain does not answer, or if no object of the blob is found.
    let needsChain: Bool
    let onProgress: @Sendable (TransferProgress) -> Void

    /// Reads the blob into the file at `path`, and checks the blob's ID, size and registration.
    ///
    /// `name` is the name of the part in the report. `size` is the expected size in bytes; nil: any size. `object` is
    /// the address of the Sui object that must register the blob; nil: any object may register it.
    func verify(
        _ name: String,
        _ id: BlobID,
        size: Int? = nil,
        object: String? = nil,
        to path: String
    ) async throws -> VerificationReport.Part {
        var part = VerificationReport.Part(name: name, blob: id)
        do {
            let blob = try await walrus.fetch(id, to: path, onProgress: onProgress)
            part.add(sizeFinding(blob, expected: size))
            part.add(try await chainFinding(blob, object), isOptional: !needsChain && object == nil)
        } catch let error as WalrusError {
            part.add(finding(on: error, as: name))
        }
        return part
    }

    /// Whether the blob is gone, is not what its ID says, or cannot be told about now.
    private func finding(on error: WalrusError, as name: String) -> Finding {
        switch error {
        case .notFound(let id):
            let text = "no aggregator has the blob \(id): it is gone, or on another network"
            return Finding(.fails, by: Finding.thisMachine, text)
        case .forbidden:
            return Finding(.fails, by: Finding.thisMachine, "\(error)")
        case .mismatch:
            return Finding(.fails, by: Finding.thisMachine, "does not hold: \(error)")
        default:
            let reason = if case .noAnswer(_, let reason) = error { reason } else { "\(error)" }
            let silence = "no aggregator answered with the \(name) (\(reason))"
            var finding = Finding(.unchecked, by: Finding.thisMachine, "cannot be told now: \(silence)")
            finding.isPending = true
            return finding
        }
    }

    private func sizeFinding(_ blob: StoredBlob, expected: Int?) -> Finding {
        if let expected, blob.size != expected {
            return Finding(
                .fails,
                by: Finding.thisMachine,
                "the blob has \(blob.size) bytes, but the receipt names \(expected)"
            )
        }
        return Finding(.holds, by: Finding.thisMachine, "bytes → ID recomputed here, \(blob.size) bytes")
    }

    private func chainFinding(_ blob: StoredBlob, _ object: String?) async throws -> Finding {
        guard let chain else {
            return Finding(.unchecked, by: "no chain", "not checked on a chain, because \(noChain)")
        }
        var finding = try await chain.finding(on: blob, object: object)
        if needsChain, finding.verdict == .unchecked, object == nil {
            finding.text += "; --object names the object of the blob, and --no-chain skips the chain"
        }
        return finding
    }
}
