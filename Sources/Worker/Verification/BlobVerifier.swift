import Contract
import Walrus

/// Verifies single blobs: that their bytes have their ID, and that the chain registers them.
struct BlobVerifier: Sendable {
    let walrus: BlobClient
    /// Nil: the chain is not checked.
    let chain: ChainCheck?
    /// The reason to state in a finding if `chain` is nil.
    let noChain: String
    /// If true, a blob unknown to the chain fails verification.
    let needsChain: Bool
    let onProgress: @Sendable (TransferProgress) -> Void

    /// Reads the blob into the file at `path`, and checks its ID, its size and its registration.
    ///
    /// `name` is the blob's name in the report, `size` its expected size in bytes (nil: any), and `object` the Sui object
    /// that must register it (nil: any object may).
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
            part.add(Finding(error.isTemporary ? .unchecked : .fails, by: Finding.thisMachine, "\(error)"))
        }
        return part
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
            finding.text += ": name its object with --object, or skip the chain with --no-chain"
        }
        return finding
    }
}
