package import Contract
import Foundation
package import HTTP
import HTTPTypes

/// Reads blobs from aggregators and stores them through a publisher, and believes neither: every ID is recomputed here.
///
/// What may pass is tried again; what is final is an error at once.
package struct WalrusClient: Sendable {
    private let aggregators: [BaseURL]
    private let publisher: BaseURL
    private let link: WalrusLink
    private let patience: Patience
    private let encoder: BlobEncoder

    /// For a person or a job that waits: half a minute of tries at most, beside what the transfers take.
    package static let patience = Patience(base: .milliseconds(500), cap: .seconds(10), tries: 5)

    /// Aggregators are tried in order; a transfer in which nothing moves for `silence` is a broken one.
    package init(
        aggregators: [BaseURL],
        publisher: BaseURL,
        http: HTTPClient,
        credentials: Credentials = .none,
        patience: Patience = Self.patience,
        silence: Duration = .seconds(120),
        encoder: BlobEncoder
    ) {
        self.aggregators = aggregators
        self.publisher = publisher
        link = WalrusLink(http: http, credentials: credentials, silence: silence)
        self.patience = patience
        self.encoder = encoder
    }

    /// Brings the blob into the file at `path`, which appears only when its bytes are those that `id` names.
    ///
    /// - Throws: the ``WalrusError`` that tells most, when no aggregator has it.
    package func fetch(
        _ id: BlobID,
        to path: String,
        onProgress: @escaping @Sendable (TransferStep) -> Void = { _ in }
    ) async throws -> StoredBlob {
        var downloads = aggregators.map { Download(id, from: $0, to: path, over: link, encoder: encoder) }
        return try await patience.run {
            var failure = WalrusError.notFound(id)
            for download in downloads {
                do {
                    return try await download.run(onProgress: onProgress)
                } catch let error as WalrusError {
                    if case .file = error { throw error }
                    if !error.isTemporary { downloads.removeAll { $0 === download } }
                    if error.tellsMore(than: failure) { failure = error }
                }
            }
            throw failure
        }
    }

    /// Stores the file at `path`, whose ID the caller has computed; a publisher's answer means that nobody can delete it.
    ///
    /// The publisher is asked for `epochs` epochs, and its answer says what came of it. Where an aggregator's word is all
    /// there is (``StoreAnswer/Source/seen``), nothing is known of how long the blob stays: `onlyIfMissing`, which leaves
    /// it at that, or when the connection broke after the blob was sent and an aggregator has it then.
    ///
    /// - Throws: ``WalrusError``, also where the publisher names another ID, size, encoding or persistence than ours.
    package func store(
        file path: String,
        as blob: StoredBlob,
        epochs: Int,
        onlyIfMissing: Bool = false,
        onProgress: @escaping @Sendable (TransferStep) -> Void = { _ in }
    ) async throws -> StoreAnswer {
        var mayBeThere = onlyIfMissing
        return try await patience.run {
            if mayBeThere, try await holds(blob) { return StoreAnswer(seen: blob) }
            do {
                return try await put(path, as: blob, epochs: epochs, onProgress)
            } catch WalrusError.broken(let reason) {
                // It may be stored, and only the answer be lost. Any status, in contrast, is an answer: it is not.
                mayBeThere = true
                throw WalrusError.broken(reason)
            }
        }
    }

    /// Whether an aggregator says that it has the blob; one that cannot say has not.
    private func holds(_ blob: StoredBlob) async throws -> Bool {
        for aggregator in aggregators {
            do {
                let (response, _) = try await link.open(aggregator.request(.head, "/v1/blobs/\(blob.id)"))
                if response.isHead(of: blob) { return true }
            } catch is WalrusError {
                continue
            }
        }
        return false
    }

    private func put(
        _ path: String,
        as blob: StoredBlob,
        epochs: Int,
        _ onProgress: @escaping @Sendable (TransferStep) -> Void
    ) async throws -> StoreAnswer {
        let request = publisher.request(
            .put,
            "/v1/blobs",
            query: [("epochs", "\(epochs)"), ("permanent", "true")],
            headers: [.contentType: "application/octet-stream"]
        )
        let (response, body) = try await link.put(request, file: path, size: blob.size) {
            onProgress(.moving(bytes: $0, of: blob.size))
        }
        guard [.ok, .created].contains(response.status) else {
            throw ErrorAnswer.error(of: response, body: body, to: .store, blob: blob.id)
        }
        let answer = try StoreAnswer(json: body)
        try answer.check(against: blob)
        return answer
    }
}

extension WalrusError {
    /// Of several aggregators' errors people hear what may pass, else what one of them did wrong.
    fileprivate func tellsMore(than other: WalrusError) -> Bool {
        if isTemporary != other.isTemporary { return isTemporary }
        if case .notFound = self { return false }
        return true
    }
}

extension HTTPResponse {
    fileprivate func isHead(of blob: StoredBlob) -> Bool {
        status == .ok && headerFields[.contentLength] == "\(blob.size)"
            && headerFields[.eTag].map { $0.contains("\(blob.id)") } ?? true
    }
}
