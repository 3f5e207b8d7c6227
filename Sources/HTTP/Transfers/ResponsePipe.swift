import HTTPTypes
import Synchronization

/// Carries one response from the loop's thread to the task that reads it, and holds little at a time.
///
/// The first end counts: what the loop delivers after a cancellation is dropped.
final class ResponsePipe: Sendable {
    /// What the loop does after a delivery.
    enum Reaction: Sendable {
        case proceed
        case pause
        case abort
    }

    /// A full pipe: enough that a reader rarely waits for the loop, little enough for many transfers at once.
    static let capacity = 256 << 10

    private struct State {
        var head: HTTPResponse?
        var bytes: [UInt8] = []
        var isPaused = false
        var end: Result<Void, any Error>?
        var waiters: [CheckedContinuation<Void, Never>] = []

        mutating func take() -> (bytes: [UInt8], wasPaused: Bool, end: Result<Void, any Error>?) {
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

// MARK: The loop's side

extension ResponsePipe {
    func deliver(_ head: HTTPResponse) {
        update { $0.head = head }
    }

    /// Takes `bytes` unless the pipe is full.
    ///
    /// After `.pause` the same bytes must come again once the reader has made room.
    func deliver(_ bytes: UnsafeRawBufferPointer) -> Reaction {
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

    /// Ends the response, with `error` where it isn't complete.
    ///
    /// Returns false if it had ended before.
    @discardableResult
    func end(throwing error: (any Error)? = nil) -> Bool {
        update { state in
            guard state.end == nil else { return false }
            state.end = error.map { .failure($0) } ?? .success(())
            return true
        }
    }
}

// MARK: The reader's side

extension ResponsePipe {
    /// Ends the response with a `CancellationError` and forgets what was unread.
    ///
    /// Returns false if it had ended before.
    func cancel() -> Bool {
        update { state in
            state.bytes = []
            guard state.end == nil else { return false }
            state.end = .failure(CancellationError())
            return true
        }
    }

    /// The head of the response, as soon as it is there.
    func head() async throws -> HTTPResponse {
        while true {
            await change { $0.head != nil || $0.end != nil }
            let (head, end) = state.withLock { ($0.head, $0.end) }
            if let head { return head }
            try end?.get()
        }
    }

    /// All bytes that came since the last call, and whether the loop waits for room; nil at the end.
    func bytes() async throws -> (bytes: [UInt8], wasPaused: Bool)? {
        while true {
            await change { !$0.bytes.isEmpty || $0.end != nil }
            let (bytes, wasPaused, end) = state.withLock { $0.take() }
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
