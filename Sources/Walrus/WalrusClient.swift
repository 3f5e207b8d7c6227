package import Contract
import Foundation
package import HTTP
import HTTPTypes

/// Reads blobs from aggregators and stores them through a publisher, and believes neither: every ID is recomputed here.
package struct WalrusClient: Sendable {
    private let aggregators: [BaseURL]
    private let publisher: BaseURL
    private let http: HTTPClient
    private let bearer: String?
    private let encoder: BlobEncoder

    /// Aggregators are tried in order; `bearer` goes with every request.
    package init(
        aggregators: [BaseURL],
        publisher: BaseURL,
        http: HTTPClient,
        bearer: String? = nil,
        encoder: BlobEncoder
    ) {
        self.aggregators = aggregators
        self.publisher = publisher
        self.http = http
        self.bearer = bearer
        self.encoder = encoder
    }

    /// Brings the blob into the file at `path`, which appears only when its bytes are those that `id` names.
    ///
    /// - Throws: the ``WalrusError`` of the last aggregator when none has it.
    package func fetch(
        _ id: BlobID,
        to path: String,
        onProgress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> StoredBlob {
        var failure: any Error = WalrusError.notFound(id)
        for aggregator in aggregators {
            do {
                return try await fetch(id, from: aggregator, to: path, onProgress: onProgress)
            } catch is CancellationError {
                throw CancellationError()
            } catch WalrusError.notFound where aggregators.count > 1 {
                continue
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// Stores the file at `path`, whose ID the caller has computed, for `epochs` epochs.
    ///
    /// - Throws: ``WalrusError``, also where the publisher names another ID or size than ours.
    package func store(file path: String, as blob: StoredBlob, epochs: Int) async throws -> StoreAnswer {
        let request = publisher.request(
            .put,
            "/v1/blobs",
            query: [("epochs", "\(epochs)"), ("permanent", "true")],
            headers: headers([.contentType: "application/octet-stream"])
        )
        let (response, body) = try await sending {
            try await http.send(request, body: .file(path: path), timeouts: .bulk, limit: 1 << 20)
        }
        guard response.status == .ok else { throw ErrorAnswer.error(of: response, body: body, blob: blob.id) }
        let answer = try StoreAnswer(json: body)
        guard answer.id == blob.id else { throw WalrusError.storedAs(expected: blob.id, got: answer.id) }
        if let size = answer.size, size != blob.size {
            throw WalrusError.unexpected("a size of \(size) bytes for a blob of \(blob.size)")
        }
        return answer
    }

    private func fetch(
        _ id: BlobID,
        from aggregator: BaseURL,
        to path: String,
        onProgress: @escaping @Sendable (Double) -> Void
    ) async throws -> StoredBlob {
        let request = aggregator.request(
            .get,
            "/v1/blobs/\(id)",
            headers: headers([.accept: "application/octet-stream"])
        )
        let (response, body) = try await sending { try await http.open(request, timeouts: .bulk) }
        guard response.status == .ok else {
            let words = try await sending { try await body.collect(upTo: 1 << 20) }
            throw ErrorAnswer.error(of: response, body: words, blob: id)
        }
        let length = response.headerFields[.contentLength].flatMap { Int($0) }
        let file = try PartialFile(for: path)
        try await sending {
            for try await chunk in body {
                try file.append(chunk)
                if let length, length > 0 { onProgress(Double(file.size) / Double(length)) }
            }
        }
        let blob = try await identify(file.temporaryPath)
        guard blob.id == id else { throw WalrusError.mismatch(expected: id, got: blob.id) }
        try file.keep()
        return blob
    }

    private func identify(_ path: String) async throws -> StoredBlob {
        let encoder = encoder
        return try await BackgroundWork.run { isCancelled in
            try encoder.blob(atPath: path, isCancelled: isCancelled)
        }
    }

    private func headers(_ fields: HTTPFields) -> HTTPFields {
        guard let bearer else { return fields }
        var fields = fields
        fields[.authorization] = "Bearer \(bearer)"
        return fields
    }

    /// A transfer that broke is a Walrus that is away.
    private func sending<Value>(_ transfer: () async throws -> Value) async throws -> Value {
        do {
            return try await transfer()
        } catch let error as TransferError {
            throw WalrusError.unavailable(error.message)
        }
    }
}
