package import HTTPTypes

/// Sends HTTP requests with libcurl.
///
/// All transfers of one client share one thread, one connection pool and one DNS cache. The thread ends when the
/// client is shut down, or when the client and all its response bodies are released. The client supports `http` and
/// `https`, always as HTTP/1.1, and follows no redirect. It uses the proxy from curl's environment variables, except
/// for loopback hosts.
package final class HTTPClient: Sendable {
    let loop: TransferLoop
    private let userAgent: String

    package init(userAgent: String = "okai-bot") {
        self.loop = TransferLoop()
        self.userAgent = userAgent
    }

    deinit {
        loop.stop()
    }

    /// Sends `request` with `body` and returns the whole response.
    ///
    /// A status such as 404 is returned, not thrown. Cancelling the task aborts the transfer.
    /// - Throws: ``TransferError``, also if the response body exceeds `limit` bytes; `CancellationError`.
    package func send(
        _ request: HTTPRequest,
        body: RequestBody = .none,
        timeouts: TransferTimeouts = .standard,
        connection: ConnectionChoice = .pooled,
        limit: Int = 16 << 20
    ) async throws -> (response: HTTPResponse, body: [UInt8]) {
        let (response, chunks) = try await open(
            request,
            body: body,
            timeouts: timeouts,
            connection: connection
        )
        return (response, try await chunks.collect(upTo: limit))
    }

    /// Sends `request` with `body` and returns when the head of the response has arrived.
    ///
    /// The response body has back-pressure: the transfer pauses until the caller reads. Releasing the body aborts the
    /// transfer.
    /// - Throws: ``TransferError``, `CancellationError`.
    package func open(
        _ request: HTTPRequest,
        body: RequestBody = .none,
        timeouts: TransferTimeouts = .bulk,
        connection: ConnectionChoice = .pooled
    ) async throws -> (response: HTTPResponse, body: ResponseBody) {
        try Task.checkCancellation()
        let transfer = TransferRequest(
            request: request,
            body: body,
            timeouts: timeouts,
            connection: connection,
            userAgent: userAgent
        )
        loop.start(transfer)
        let reader = ResponseReader(of: transfer.pipe, client: self)
        let response = try await reader.head()
        return (response, ResponseBody(reader))
    }

    /// Aborts all transfers, closes all connections and returns when the transfer thread has ended.
    ///
    /// Later requests fail.
    package func shutdown() async {
        await loop.shutdown()
    }
}

/// The connection that a request uses.
package enum ConnectionChoice: Sendable {
    /// An idle connection of the pool, or a new one.
    case pooled
    /// Always a new connection.
    ///
    /// The server may have closed a pooled connection. Then a POST or PATCH with a body fails, and libcurl sends every
    /// other request again. Use `fresh` for a request to which neither may happen.
    case fresh
}
