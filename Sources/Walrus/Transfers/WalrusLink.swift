import Contract
import HTTP
import HTTPTypes

/// What opens a Walrus that does not let everybody in.
package enum Credentials: Sendable {
    case none
    /// Goes with every request.
    case bearer(String)
    /// Makes a fresh token for every try to store `size` bytes; reads need none.
    case perPut(@Sendable (_ size: Int) async throws -> String)
}

/// How requests reach aggregators and publishers: what opens them, how long they may be silent, and what a connection
/// that fails is called here.
struct WalrusLink: Sendable {
    let http: HTTPClient
    let credentials: Credentials
    /// How long nothing may move before a read is given up.
    let silence: Duration

    /// Begins a read.
    func open(_ request: HTTPRequest) async throws -> (response: HTTPResponse, body: ResponseBody) {
        var request = request
        if case .bearer(let token) = credentials { request.authorize(token) }
        return try await naming {
            try await http.open(request, timeouts: TransferTimeouts(total: nil, idle: silence))
        }
    }

    /// Sends the file at `path`, of `size` bytes, and waits until the other side has stored it.
    ///
    /// `onProgress` hears how many bytes are on their way.
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
        // Once all is sent nothing moves until it is encoded and certified, which takes the longer the more it is.
        let idle = silence + .seconds(size >> 22)
        return try await naming {
            try await http.send(
                request,
                body: .file(path: path, onProgress: onProgress),
                timeouts: TransferTimeouts(total: nil, idle: idle),
                // A token opens once, but a request on a pooled connection may be sent twice.
                connection: .fresh,
                limit: 1 << 20
            )
        }
    }

    /// The bytes of `body`, one after the other, whose breaking off is an error of Walrus.
    func read(_ body: ResponseBody, _ take: ([UInt8]) throws -> Void) async throws {
        try await naming {
            for try await chunk in body { try take(chunk) }
        }
    }

    /// The error that `response` stands for.
    func error(of response: HTTPResponse, _ body: ResponseBody, blob: BlobID) async throws -> WalrusError {
        let words = try await naming { try await body.collect(upTo: 1 << 20) }
        return ErrorAnswer.error(of: response, body: words, to: .read, blob: blob)
    }

    private func naming<Value>(_ transfer: () async throws -> Value) async throws -> Value {
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
