import HTTPTypes

/// The reading end of a response.
///
/// It keeps the client alive, and aborts the transfer when it is released or the reading task is cancelled.
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

    func nextChunk() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            guard let (bytes, wasPaused) = try await pipe.bytes() else { return nil }
            if wasPaused { client.loop.resume(pipe) }
            return bytes
        } onCancel: {
            cancel()
        }
    }

    /// Wakes the transfer loop only if the response had not ended.
    ///
    /// If the loop has not started the request yet, it finds the pipe ended and does not start it.
    private func cancel() {
        if pipe.cancel() { client.loop.cancel(pipe) }
    }
}
