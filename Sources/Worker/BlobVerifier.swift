import Contract
import Walrus

/// Finds out about one blob: its bytes, and what the chain says.
struct BlobVerifier: Sendable {
    let walrus: WalrusGate
    /// Nil: it is not to be asked.
    let chain: ChainCheck?
    /// Why there is no chain to ask, where there is none.
    let noChain: String
    /// Whether a blob of which the chain says nothing does not hold.
    let needsChain: Bool
    let onProgress: @Sendable (TransferProgress) -> Void

    /// Reads the blob into the file at `path`, and asks the chain; `object` must be the blob's, where it is named.
    func part(
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
            part.add(Finding(error.isTemporary ? .unchecked : .fails, by: Finding.here, "\(error)"))
        }
        return part
    }

    private func sizeFinding(_ blob: StoredBlob, expected: Int?) -> Finding {
        guard blob.size == expected ?? blob.size else {
            return Finding(
                .fails,
                by: Finding.here,
                "it has \(blob.size) bytes, not the \(expected ?? 0) that the receipt names"
            )
        }
        return Finding(.holds, by: Finding.here, "bytes → ID recomputed here, \(blob.size) bytes")
    }

    private func chainFinding(_ blob: StoredBlob, _ object: String?) async throws -> Finding {
        guard let chain else {
            return Finding(.unchecked, by: "no chain", "not checked on a chain, because \(noChain)")
        }
        var finding = try await chain.finding(on: blob, object: object)
        if needsChain, finding.verdict == .unchecked, object == nil {
            finding.text += ": name its object, or leave out the chain with --no-chain"
        }
        return finding
    }
}
