import Contract
import HTTP
import HTTPTypes

/// One blob on its way from one aggregator into a file beside its target.
///
/// What has come is kept when the connection breaks, and the next ``run(onProgress:)`` asks for the rest. Bytes of two
/// aggregators are never mixed, so that it is known whose are wrong.
final class Download {
    /// A connection that brought at least so many bytes before it broke is opened again at once.
    private static let steadyProgress = 1 << 20

    private let id: BlobID
    private let aggregator: BaseURL
    private let link: WalrusLink
    private let encoder: BlobEncoder
    private let path: String
    private var partial: PartialFile?
    /// Of the whole blob; nil: the server did not say, or serves no parts.
    private var length: Int?
    /// Whether the bytes came in more than one answer.
    private var isPatched = false

    init(_ id: BlobID, from aggregator: BaseURL, to path: String, over link: WalrusLink, encoder: BlobEncoder)
    {
        self.id = id
        self.aggregator = aggregator
        self.path = path
        self.link = link
        self.encoder = encoder
    }

    /// Brings what is still missing, and gives the file its name once its bytes are those that the ID names.
    func run(onProgress: @escaping @Sendable (TransferStep) -> Void) async throws -> StoredBlob {
        let file = try partial ?? begin()
        partial = file
        try await complete(file, onProgress)
        var blob = try await identify(file, onProgress)
        if blob.id != id, isPatched {
            // Perhaps the server only got the parts wrong.
            try startOver(file)
            try await complete(file, onProgress)
            blob = try await identify(file, onProgress)
        }
        guard blob.id == id else { throw WalrusError.mismatch(expected: id, got: blob.id) }
        try file.settle()
        try file.keep()
        return blob
    }

    private func begin() throws -> PartialFile {
        let file = try PartialFile(for: path)
        try PartialFile.removeAbandoned(besides: path)
        return file
    }

    private func complete(_ file: PartialFile, _ onProgress: (TransferStep) -> Void) async throws {
        while true {
            let before = file.size
            do {
                return try await advance(file, onProgress)
            } catch WalrusError.broken where file.size - before >= Self.steadyProgress {
                continue
            }
        }
    }

    /// Asks once for all that is missing: for a part where some bytes have come and it is known how many there are.
    private func advance(_ file: PartialFile, _ onProgress: (TransferStep) -> Void) async throws {
        if let length, file.size == length { return }
        let missing = file.size > 0 ? length.map { file.size..<$0 } : nil
        let (response, body) = try await link.open(request(for: missing))
        switch response.status {
        case .ok:
            try startOver(file)
            length = response.headerFields[.contentLength].flatMap { Int($0) }
        case .partialContent where missing.map(response.isPart) == true:
            isPatched = true
        case .partialContent where missing != nil, .rangeNotSatisfiable where missing != nil:
            try startOver(file)
            return try await advance(file, onProgress)
        case .partialContent:
            throw WalrusError.unexpected("a part of the blob, though all of it was asked for")
        default:
            throw try await link.error(of: response, body, blob: id)
        }
        try await link.read(body) { chunk in
            try file.append(chunk)
            try check(file.size)
            onProgress(.moving(bytes: file.size, of: length))
        }
    }

    private func request(for missing: Range<Int>?) -> HTTPRequest {
        var request = aggregator.request(
            .get,
            "/v1/blobs/\(id)",
            headers: [.accept: "application/octet-stream"]
        )
        if let missing {
            request.headerFields[.range] = "bytes=\(missing.lowerBound)-\(missing.upperBound - 1)"
        }
        return request
    }

    private func startOver(_ file: PartialFile) throws {
        try file.restart()
        length = nil
        isPatched = false
    }

    /// No blob is larger than the code allows, whatever a server goes on to send.
    private func check(_ size: Int) throws {
        let limit = CodeShape.network.maximumBlobSize
        guard size <= limit else {
            throw WalrusError.unexpected("more than the \(limit) bytes that a blob may have")
        }
    }

    private func identify(
        _ file: PartialFile,
        _ onProgress: @escaping @Sendable (TransferStep) -> Void
    ) async throws -> StoredBlob {
        let (encoder, path) = (encoder, file.temporaryPath)
        return try await BackgroundWork.run {
            try encoder.blob(atPath: path, isCancelled: $0) { onProgress(.identifying($0)) }
        }
    }
}

extension HTTPResponse {
    /// Whether the body is exactly `missing`, which reaches to the blob's end.
    fileprivate func isPart(_ missing: Range<Int>) -> Bool {
        headerFields[.contentRange]
            == "bytes \(missing.lowerBound)-\(missing.upperBound - 1)/\(missing.upperBound)"
    }
}
