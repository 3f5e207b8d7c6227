package import HTTPTypes

/// Sends HTTP requests with libcurl.
///
/// All transfers of one client share one thread, one pool of connections and one DNS cache. The thread ends
/// when the client is shut down, or when nobody holds it or one of its response bodies any more. Only `http`
/// and `https` are spoken, always as HTTP/1.1, and redirects are not followed. Proxies come from the
/// environment, as curl's do, but loopback hosts are always asked directly.
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
    /// An error status is a response, not an error. Cancelling the task aborts the transfer.
    /// - Throws: ``TransferError``, also where the response exceeds `limit` bytes; `CancellationError`.
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

    /// Sends `request` with `body` and returns as soon as the head of the response is there.
    ///
    /// The server is held back while nobody reads the body. Dropping the body aborts the transfer.
    /// - Throws: ``TransferError``, `CancellationError`.
    package func open(
        _ request: HTTPRequest,
        body: RequestBody = .none,
        timeouts: TransferTimeouts = .bulk,
        connection: ConnectionChoice = .pooled
    ) async throws -> (response: HTTPResponse, body: ResponseBody) {
        try Task.checkCancellation()
        let exchange = Exchange(
            request: request,
            body: body,
            timeouts: timeouts,
            connection: connection,
            userAgent: userAgent
        )
        loop.start(exchange)
        let reader = ResponseReader(of: exchange.pipe, client: self)
        let response = try await reader.head()
        return (response, ResponseBody(reader))
    }

    /// Aborts what is under way, closes all connections and returns when the loop has ended.
    ///
    /// Requests made later fail.
    package func shutdown() async {
        await loop.stopped()
    }
}

/// Which connection a request travels on.
package enum ConnectionChoice: Sendable {
    /// An idle connection of the pool, or a new one.
    case pooled
    /// Always a new one.
    ///
    /// For requests that are neither to be done twice nor to fail because the server has just closed a pooled
    /// connection: on a dead one a POST or PATCH with a body fails, and libcurl repeats everything else.
    case fresh
}
