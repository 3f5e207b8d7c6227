package import HTTPTypes

/// Sends HTTP requests with libcurl.
///
/// All transfers of one client share one thread, one connection pool and one DNS cache. Cancelling the calling task
/// aborts its transfer. The thread ends with the client.
package final class HTTPClient: Sendable {
    private let loop: TransferLoop

    package init(userAgent: String = "okai-bot") {
        loop = TransferLoop(userAgent: userAgent)
    }

    deinit {
        loop.stop()
    }

    /// Sends `request`, and returns the whole response; an error status is a response, not an error.
    ///
    /// - Throws: ``TransferError`` when no complete response of at most `limit` bytes arrives.
    package func send(
        _ request: HTTPRequest,
        body: RequestBody = .none,
        timeouts: TransferTimeouts = .standard,
        limit: Int = 16 << 20
    ) async throws -> (response: HTTPResponse, body: [UInt8]) {
        let (response, body) = try await open(request, body: body, timeouts: timeouts)
        return (response, try await body.collect(upTo: limit))
    }

    /// Sends `request`, and returns once the response's head is there; the body follows as it is read.
    ///
    /// - Throws: ``TransferError`` when no head arrives; reading the body may throw it too.
    package func open(
        _ request: HTTPRequest,
        body: RequestBody = .none,
        timeouts: TransferTimeouts = .standard
    ) async throws -> (response: HTTPResponse, body: ResponseBody) {
        try Task.checkCancellation()
        let id = loop.makeID()
        let pipe = BodyPipe(
            resume: { [loop] in loop.post(.resume(id)) },
            abort: { [loop] in loop.post(.cancel(id)) }
        )
        let response = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { head in
                let exchange = Exchange(
                    request: request,
                    body: body,
                    timeouts: timeouts,
                    head: head,
                    pipe: PipeReference(pipe)
                )
                loop.post(.start(id, exchange))
                // Cancelled before it was in the loop: the first cancel went by unheard.
                if Task.isCancelled { loop.post(.cancel(id)) }
            }
        } onCancel: {
            loop.post(.cancel(id))
        }
        return (response, ResponseBody(pipe: pipe, client: self))
    }
}
