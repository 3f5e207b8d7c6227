import Contract
import HTTP
import HTTPTypes

/// The authorization that a Walrus server requires.
package enum Credentials: Sendable {
    case none
    /// A bearer token for every request.
    case bearer(String)
    /// Makes a new token for each attempt to store a blob of `size` bytes. Reads are sent without a token.
    case perPut(@Sendable (_ size: Int) async throws -> String)
}

/// Sends requests to aggregators and publishers, with credentials and time limits, and converts transfer errors to
/// ``WalrusError``.
struct WalrusTransport: Sendable {
    let http: HTTPClient
    let credentials: Credentials
    /// A read fails when no byte moves for this time.
    let idleTimeout: Duration

    /// Sends a read request and returns when the head of the response has arrived.
    func open(_ request: HTTPRequest) async throws -> (response: HTTPResponse, body: ResponseBody) {
        var request = request
        if case .bearer(let token) = credentials { request.authorize(token) }
        return try await convertingErrors {
            try await http.open(request, timeouts: TransferTimeouts(total: nil, idle: idleTimeout))
        }
    }

    /// Uploads the file at `path`, of `size` bytes, and waits for the response.
    ///
    /// `onProgress` gets the number of bytes sent so far.
    func put(
        _ request: HTTPRequest,
        file path: String,
        size: Int,
        onProgress: @escaping @Sendable (Int) -> Void
    ) async throws -> (HTTPResponse, [UInt8]) {
        var request = request
        switch credentials {
        case .none: break
        case .bearer(let token): request.authorize(token)
        case .perPut(let token): request.authorize(try await token(size))
        }
        // After the upload no byte moves until the publisher has encoded and certified the blob. A larger blob takes
        // longer, so the limit is one second more per 4 MiB.
        let idle = idleTimeout + .seconds(size >> 22)
        return try await convertingErrors {
            try await http.send(
                request,
                body: .file(path: path, onProgress: onProgress),
                timeouts: TransferTimeouts(total: nil, idle: idle),
                // A request on a pooled connection may be sent twice, but a token is accepted only once.
                connection: .fresh,
                limit: 1 << 20
            )
        }
    }

    /// Calls `onChunk` with each chunk of `body`.
    func read(_ body: ResponseBody, _ onChunk: ([UInt8]) throws -> Void) async throws {
        try await convertingErrors {
            for try await chunk in body { try onChunk(chunk) }
        }
    }

    /// Makes an error from an unsuccessful response to a read.
    func error(of response: HTTPResponse, _ body: ResponseBody, blob: BlobID) async throws -> WalrusError {
        let bytes = try await convertingErrors { try await body.collect(upTo: 1 << 20) }
        return ErrorResponse.error(of: response, body: bytes, to: .read, blob: blob)
    }

    private func convertingErrors<Value>(_ transfer: () async throws -> Value) async throws -> Value {
        do {
            return try await transfer()
        } catch let error as TransferError {
            throw WalrusError(error)
        }
    }
}

extension HTTPRequest {
    fileprivate mutating func authorize(_ token: String) {
        headerFields[.authorization] = "Bearer \(token)"
    }
}
