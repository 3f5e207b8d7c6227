import HTTPTypes
import Synchronization

/// A bounded buffer that carries one response from the transfer thread to the task that reads it.
///
/// A response ends only once. After a cancellation, bytes that the transfer still writes are dropped.
final class ResponsePipe: Sendable {
    /// What the transfer does after a write.
    enum WriteResult: Sendable {
        case proceed
        case pause
        case abort
    }

    /// A pipe with at least this number of bytes is full.
    ///
    /// The number is large enough that a reader rarely waits, and small enough for many transfers at once.
    static let capacity = 256 << 10

    private struct State {
        var head: HTTPResponse?
        var bytes: [UInt8] = []
        var isPaused = false
        var end: Result<Void, any Error>?
        var waiters: [CheckedContinuation<Void, Never>] = []

        mutating func drain() -> (bytes: [UInt8], wasPaused: Bool, end: Result<Void, any Error>?) {
            defer {
                bytes = []
                isPaused = false
            }
            return (bytes, isPaused, end)
        }
    }

    private let state = Mutex(State())

    var isEnded: Bool { state.withLock { $0.end != nil } }
}

// MARK: The transfer thread's side

extension ResponsePipe {
    func write(_ head: HTTPResponse) {
        update { $0.head = head }
    }

    /// Appends `bytes`, unless the pipe is full or the response has ended.
    ///
    /// If the result is `.pause`, nothing was appended. The caller writes the same bytes again after the reader has
    /// emptied the pipe.
    func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
        update { state in
            if state.end != nil { return .abort }
            if state.bytes.count >= Self.capacity {
                state.isPaused = true
                return .pause
            }
            unsafe state.bytes.append(contentsOf: bytes)
            return .proceed
        }
    }

    /// Ends the response; `error` is the reason if the response is incomplete.
    ///
    /// Returns false if the response had already ended.
    @discardableResult
    func finish(throwing error: (any Error)? = nil) -> Bool {
        update { state in
            guard state.end == nil else { return false }
            state.end = error.map { .failure($0) } ?? .success(())
            return true
        }
    }
}

// MARK: The reader's side

extension ResponsePipe {
    /// Ends the response with a `CancellationError` and discards unread bytes.
    ///
    /// Returns false if the response had already ended.
    func cancel() -> Bool {
        update { state in
            state.bytes = []
            guard state.end == nil else { return false }
            state.end = .failure(CancellationError())
            return true
        }
    }

    /// Waits for the head of the response.
    ///
    /// - Throws: The reason if the response ends before its head is complete.
    func head() async throws -> HTTPResponse {
        while true {
            await change { $0.head != nil || $0.end != nil }
            let (head, end) = state.withLock { ($0.head, $0.end) }
            if let head { return head }
            try end?.get()
        }
    }

    /// Waits for bytes and returns all buffered bytes, or nil at the end of the response.
    ///
    /// `wasPaused` tells whether the transfer is paused because the pipe was full.
    ///
    /// - Throws: The reason if the response is incomplete, once all buffered bytes have been returned.
    func bytes() async throws -> (bytes: [UInt8], wasPaused: Bool)? {
        while true {
            await change { !$0.bytes.isEmpty || $0.end != nil }
            let (bytes, wasPaused, end) = state.withLock { $0.drain() }
            if !bytes.isEmpty { return (bytes, wasPaused) }
            if let end {
                try end.get()
                return nil
            }
        }
    }

    private func change(_ isReady: (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                let isReady = isReady(state)
                if !isReady { state.waiters.append(continuation) }
                return isReady
            }
            if isReady { continuation.resume() }
        }
    }

    private func update<Answer: Sendable>(_ change: (inout State) -> Answer) -> Answer {
        let (answer, waiters) = state.withLock { state in
            defer { state.waiters = [] }
            return (change(&state), state.waiters)
        }
        for waiter in waiters { waiter.resume() }
        return answer
    }
}
