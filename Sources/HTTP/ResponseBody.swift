import Synchronization

/// The bytes of a response as they arrive, for one reader.
///
/// While the reader is slow, curl is paused and the sender held back; when the last copy is dropped before the end,
/// the transfer is aborted.
package struct ResponseBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    let pipe: BodyPipe
    /// Kept, because a client that is let go aborts its transfers.
    let client: HTTPClient

    package struct Iterator: AsyncIteratorProtocol {
        let pipe: BodyPipe

        package mutating func next() async throws -> [UInt8]? {
            try await pipe.next()
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(pipe: pipe)
    }

    /// All bytes at once.
    ///
    /// - Throws: ``TransferError`` of kind `tooLarge` over `limit` bytes.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self {
            guard bytes.count + chunk.count <= limit else {
                throw TransferError(
                    kind: .tooLarge,
                    message: "the response is larger than \(limit) bytes",
                    requestMayHaveArrived: true
                )
            }
            bytes += chunk
        }
        return bytes
    }
}

/// Carries a response from curl's thread to its reader, and the reader's hunger back.
final class BodyPipe: Sendable {
    private struct State {
        var chunks: [[UInt8]] = []
        var size = 0
        var isPaused = false
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
    }

    /// What may wait here before curl is paused, in bytes.
    private static let highWater = 256 << 10

    private let state = Mutex(State())
    private let resume: @Sendable () -> Void
    private let abort: @Sendable () -> Void

    /// Calls `resume` when a paused transfer may go on, and `abort` when nobody will read the rest.
    init(resume: @escaping @Sendable () -> Void, abort: @escaping @Sendable () -> Void) {
        self.resume = resume
        self.abort = abort
    }

    deinit {
        if state.withLock({ $0.end == nil }) { abort() }
    }

    /// Takes a chunk, or refuses it because the reader is behind: then the transfer is to be paused.
    func accept(_ chunk: [UInt8]) -> Bool {
        let (accepted, reader) = state.withLock {
            state -> (Bool, CheckedContinuation<[UInt8]?, any Error>?) in
            if let reader = state.reader {
                state.reader = nil
                return (true, reader)
            }
            guard state.size < Self.highWater else {
                state.isPaused = true
                return (false, nil)
            }
            state.chunks.append(chunk)
            state.size += chunk.count
            return (true, nil)
        }
        reader?.resume(returning: chunk)
        return accepted
    }

    /// Marks the end, good or bad; only the first one counts.
    func finish(_ end: Result<Void, any Error>) {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, any Error>? in
            guard state.end == nil else { return nil }
            state.end = end
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(with: end.map { nil })
    }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in take(continuation) }
        } onCancel: {
            abort()
            finish(.failure(CancellationError()))
        }
    }

    private func take(_ continuation: CheckedContinuation<[UInt8]?, any Error>) {
        var wasPaused = false
        let ready = state.withLock { state -> Result<[UInt8]?, any Error>? in
            if !state.chunks.isEmpty {
                // Small chunks are handed over as one.
                let all = state.chunks.count == 1 ? state.chunks[0] : Array(state.chunks.joined())
                (state.chunks, state.size) = ([], 0)
                (wasPaused, state.isPaused) = (state.isPaused, false)
                return .success(all)
            }
            if let end = state.end { return end.map { nil } }
            state.reader = continuation
            return nil
        }
        if wasPaused { resume() }
        if let ready { continuation.resume(with: ready) }
    }
}
