import HTTPTypes

/// The reading end of a response.
///
/// Keeps the client alive, and aborts the transfer when it is dropped or its task is cancelled.
final class ResponseReader: Sendable {
    private let pipe: ResponsePipe
    private let client: HTTPClient

    init(of pipe: ResponsePipe, client: HTTPClient) {
        self.pipe = pipe
        self.client = client
    }

    deinit {
        cancel()
    }

    func head() async throws -> HTTPResponse {
        try await withTaskCancellationHandler {
            try await pipe.head()
        } onCancel: {
            cancel()
        }
    }

    func bytes() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            guard let (bytes, wasPaused) = try await pipe.bytes() else { return nil }
            if wasPaused { client.loop.resume(pipe) }
            return bytes
        } onCancel: {
            cancel()
        }
    }

    /// Wakes the loop only if it still works on this response.
    ///
    /// Where the loop has not even seen the start, it will find the pipe ended then.
    private func cancel() {
        if pipe.cancel() { client.loop.cancel(pipe) }
    }
}
