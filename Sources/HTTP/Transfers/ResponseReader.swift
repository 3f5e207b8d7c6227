import HTTPTypes

/// The reading end of a response.
///
/// A reader keeps the client alive. It aborts the transfer when the reader is released or the reading task is
/// cancelled.
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

    /// Ends the response, and wakes the transfer loop if the response had not ended before.
    ///
    /// If the loop has not started the request yet, it finds the pipe ended and does not start it.
    private func cancel() {
        if pipe.cancel() { client.loop.cancel(pipe) }
    }
}
