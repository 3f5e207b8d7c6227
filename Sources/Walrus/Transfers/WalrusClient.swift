package import Contract
import Foundation
package import HTTP
import HTTPTypes

/// Reads blobs from aggregators and stores blobs through a publisher.
///
/// The client computes the ID of every downloaded blob, and checks every response of a publisher. Only one answer is
/// not checked: that an aggregator has a certain blob.
///
/// Requests with temporary errors are retried; other errors are thrown at once.
package struct WalrusClient: Sendable {
    private let aggregators: [BaseURL]
    private let publisher: BaseURL
    private let transport: WalrusTransport
    private let retryPolicy: RetryPolicy
    private let encoder: BlobEncoder

    /// The default retries: five attempts.
    ///
    /// The four waits between them last at most 7.5 seconds together, plus the waits that the server asks for.
    package static let retryPolicy = RetryPolicy(
        baseDelay: .milliseconds(500),
        maxDelay: .seconds(10),
        maxAttempts: 5
    )

    /// Creates a client that tries `aggregators` in order.
    ///
    /// A read fails when no byte moves for `idleTimeout`. A store request may be idle for one second more per 4 MiB.
    package init(
        aggregators: [BaseURL],
        publisher: BaseURL,
        http: HTTPClient,
        credentials: Credentials = .none,
        retryPolicy: RetryPolicy = Self.retryPolicy,
        idleTimeout: Duration = .seconds(120),
        encoder: BlobEncoder
    ) {
        self.aggregators = aggregators
        self.publisher = publisher
        transport = WalrusTransport(http: http, credentials: credentials, idleTimeout: idleTimeout)
        self.retryPolicy = retryPolicy
        self.encoder = encoder
    }

    /// Downloads the blob to `path`.
    ///
    /// The file appears at `path` only if the computed ID of its bytes is `id`. While no aggregator has the blob, all of
    /// them are asked again as long as `patience` says.
    ///
    /// - Throws: If every aggregator fails, the most informative of their ``WalrusError``s; at once
    ///   ``WalrusError/file(_:)`` if the file cannot be written; ``EncodingError`` if the memory is not enough for the
    ///   computation of the ID; `CancellationError`.
    package func fetch(
        _ id: BlobID,
        to path: String,
        patience: Patience = .none,
        onProgress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> StoredBlob {
        let downloads = aggregators.map {
            Download(id, from: $0, to: path, over: transport, encoder: encoder)
        }
        var retrieval = Retrieval(id, by: downloads, patience: patience, clock: retryPolicy.clock)
        return try await retryPolicy.run { try await retrieval.run(onProgress: onProgress) }
    }

    /// Stores the file at `path` as a permanent blob for `epochs` epochs; `blob` is the ID and size of the file.
    ///
    /// The result is ``StoreResponse/Source/foundOnAggregator``, with an unknown end, in two cases: `onlyIfMissing` is
    /// true and an aggregator has the blob already, or the connection broke during an attempt and an aggregator has the
    /// blob at the next attempt.
    ///
    /// - Throws: ``WalrusError``, also if the publisher reports another ID, size, encoding or persistence than
    ///   requested; an error of the function that makes the token; `CancellationError`.
    package func store(
        file path: String,
        as blob: StoredBlob,
        epochs: Int,
        onlyIfMissing: Bool = false,
        onProgress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> StoreResponse {
        var mayBeStored = onlyIfMissing
        return try await retryPolicy.run {
            if mayBeStored, try await isOnAggregator(blob) { return StoreResponse(foundOnAggregator: blob) }
            do {
                return try await put(path, as: blob, epochs: epochs, onProgress)
            } catch WalrusError.broken(let reason) {
                // The blob may be stored although the response was lost. After any other error the blob is assumed
                // not to be stored.
                mayBeStored = true
                throw WalrusError.broken(reason)
            }
        }
    }

    /// Whether any aggregator reports that it has the blob.
    ///
    /// Aggregators that fail are skipped.
    private func isOnAggregator(_ blob: StoredBlob) async throws -> Bool {
        for aggregator in aggregators {
            do {
                let (response, _) = try await transport.open(
                    aggregator.request(.head, "/v1/blobs/\(blob.id)")
                )
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
        _ onProgress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoreResponse {
        let request = publisher.request(
            .put,
            "/v1/blobs",
            query: [("epochs", "\(epochs)"), ("permanent", "true")],
            headers: [.contentType: "application/group-stream"]
        )
        let (response, body) = try await transport.put(request, file: path, size: blob.size) {
            onProgress(.transferred(bytes: $0, of: blob.size))
        }
        guard [.ok, .created].contains(response.status) else {
            throw ErrorResponse.error(of: response, body: body, to: .store, blob: blob.id)
        }
        let answer = try StoreResponse(json: body)
        try answer.check(against: blob)
        return answer
    }
}

extension HTTPResponse {
    fileprivate func isHead(of blob: StoredBlob) -> Bool {
        status == .ok && headerFields[.contentLength] == "\(blob.size)"
            && headerFields[.eTag].map { $0.contains("\(blob.id)") } ?? true
    }
}
