import Contract
import HTTP
import HTTPTypes

/// The download of one blob from one aggregator into a temporary file.
///
/// If the connection breaks, the received bytes are kept and the next ``run(onProgress:)`` requests the rest. Bytes
/// from two aggregators are never mixed, so that wrong bytes can be attributed to one of them.
final class Download {
    /// If at least this many bytes arrived before the connection broke, the download continues without a wait.
    private static let steadyProgress = 1 << 20

    private let id: BlobID
    private let aggregator: BaseURL
    private let transport: WalrusTransport
    private let encoder: BlobEncoder
    private let path: String
    private var partial: PartialFile?
    /// The size of the blob; nil if the server has not announced it.
    private var length: Int?
    /// Whether the bytes come from more than one response.
    private var isFromSeveralResponses = false
    /// Whether the aggregator has answered that the blob does not exist.
    private var wasMissed = false

    init(
        _ id: BlobID,
        from aggregator: BaseURL,
        to path: String,
        over transport: WalrusTransport,
        encoder: BlobEncoder
    ) {
        self.id = id
        self.aggregator = aggregator
        self.path = path
        self.transport = transport
        self.encoder = encoder
    }

    /// Downloads the missing bytes and commits the file if its computed ID is the requested one.
    func run(onProgress: @escaping @Sendable (TransferProgress) -> Void) async throws -> StoredBlob {
        let file = try partial ?? begin()
        partial = file
        try await complete(file, onProgress)
        var blob = try await identify(file, onProgress)
        if blob.id != id, isFromSeveralResponses {
            // The server may have sent wrong parts. Try again with one response.
            try startOver(file)
            try await complete(file, onProgress)
            blob = try await identify(file, onProgress)
        }
        guard blob.id == id else { throw WalrusError.mismatch(expected: id, got: blob.id) }
        try file.flush()
        try file.commit()
        return blob
    }

    private func begin() throws -> PartialFile {
        let file = try PartialFile(for: path)
        try PartialFile.removeAbandoned(for: path)
        return file
    }

    private func complete(_ file: PartialFile, _ onProgress: (TransferProgress) -> Void) async throws {
        while true {
            let before = file.size
            do {
                return try await advance(file, onProgress)
            } catch WalrusError.broken where file.size - before >= Self.steadyProgress {
                continue
            }
        }
    }

    /// Requests the missing bytes, or the whole blob if no bytes have arrived or the size of the blob is unknown.
    private func advance(_ file: PartialFile, _ onProgress: (TransferProgress) -> Void) async throws {
        if let length, file.size == length { return }
        let missing = file.size > 0 ? length.map { file.size..<$0 } : nil
        let (response, body) = try await transport.open(request(for: missing))
        switch response.status {
        case .ok:
            try startOver(file)
            length = response.headerFields[.contentLength].flatMap { Int($0) }
        case .partialContent where missing.map(response.isPart) == true:
            isFromSeveralResponses = true
        case .partialContent where missing != nil, .rangeNotSatisfiable where missing != nil:
            try startOver(file)
            return try await advance(file, onProgress)
        case .partialContent:
            throw WalrusError.unexpected("status 206 (a part) to a request for the whole blob")
        default:
            let error = try await transport.error(of: response, body, blob: id)
            wasMissed = error == .notFound(id)
            throw error
        }
        try await transport.read(body) { chunk in
            try file.append(chunk)
            try check(file.size)
            onProgress(.transferred(bytes: file.size, of: length))
        }
    }

    private func request(for missing: Range<Int>?) -> HTTPRequest {
        var request = aggregator.request(
            .get,
            "/v1/blobs/\(id)",
            headers: [.accept: "application/group-stream"]
        )
        // A cache in front of the aggregator must not answer again what it answered before the blob was stored.
        if wasMissed { request.headerFields[.cacheControl] = "no-cache" }
        if let missing {
            request.headerFields[.range] = "bytes=\(missing.lowerBound)-\(missing.upperBound - 1)"
        }
        return request
    }

    private func startOver(_ file: PartialFile) throws {
        try file.truncate()
        length = nil
        isFromSeveralResponses = false
    }

    /// Fails when a server sends more bytes than a blob can have.
    private func check(_ size: Int) throws {
        let limit = CodeShape.network.maximumBlobSize
        guard size <= limit else {
            throw WalrusError.unexpected("more than the \(limit) bytes that a blob may have")
        }
    }

    private func identify(
        _ file: PartialFile,
        _ onProgress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredBlob {
        let (encoder, path) = (encoder, file.temporaryPath)
        return try await BackgroundWork.run {
            try encoder.blob(atPath: path, isCancelled: $0) { onProgress(.computingID($0)) }
        }
    }
}

extension HTTPResponse {
    /// Whether the body is exactly the range `missing`, which ends at the end of the blob.
    fileprivate func isPart(_ missing: Range<Int>) -> Bool {
        headerFields[.contentRange]
            == "bytes \(missing.lowerBound)-\(missing.upperBound - 1)/\(missing.upperBound)"
    }
}
