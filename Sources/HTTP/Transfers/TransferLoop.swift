import Synchronization

/// One thread that owns a multi handle and every easy handle in it.
///
/// Other threads only post messages to its mailbox and wake it up. Easy handles are created, used and freed on the
/// transfer thread, so they need not be `Sendable`.
final class TransferLoop: Sendable {
    enum Message {
        case start(TransferRequest)
        case resume(ResponsePipe)
        case cancel(ResponsePipe)
        case stop
    }

    private struct Mailbox {
        var messages: [Message] = []
        /// Nil if libcurl could not be initialised, or if the loop has ended.
        var multi: MultiHandle?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let mailbox: Mutex<Mailbox>

    init() {
        mailbox = Mutex(Mailbox(multi: MultiHandle()))
        let isRunning = LoopThread.start { [self] in run() }
        if !isRunning { end() }
    }

    func start(_ transfer: TransferRequest) {
        if !post(.start(transfer)) {
            transfer.pipe.finish(throwing: TransferError.shutDown(hasStarted: false))
        }
    }

    func resume(_ pipe: ResponsePipe) { post(.resume(pipe)) }
    func cancel(_ pipe: ResponsePipe) { post(.cancel(pipe)) }
    func stop() { post(.stop) }

    /// Stops the loop and returns when all its handles are freed.
    func shutdown() async {
        stop()
        await withCheckedContinuation { continuation in
            let hasEnded = mailbox.withLock { box in
                if box.multi != nil { box.waiters.append(continuation) }
                return box.multi == nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Posts a message and wakes the loop up; returns false if the loop has ended.
    ///
    /// It calls `wakeUp()` while it holds the lock, so that the multi handle cannot be freed during the call.
    @discardableResult
    private func post(_ message: Message) -> Bool {
        mailbox.withLock { box in
            guard let multi = box.multi else { return false }
            box.messages.append(message)
            multi.wakeUp()
            return true
        }
    }
}

// MARK: On the transfer thread

extension TransferLoop {
    private func run() {
        if let multi = mailbox.withLock({ $0.multi }) { ActiveTransfers(multi).run(receiving: receive) }
        end()
    }

    private func receive() -> [Message] {
        mailbox.withLock { box in
            defer { box.messages = [] }
            return box.messages
        }
    }

    /// Releases the multi handle while it holds the lock, and only then resumes callers of `shutdown()`.
    private func end() {
        let (messages, waiters) = mailbox.withLock { box in
            defer { box = Mailbox() }
            return (box.messages, box.waiters)
        }
        for case .start(let transfer) in messages {
            transfer.pipe.finish(throwing: TransferError.shutDown(hasStarted: false))
        }
        for waiter in waiters { waiter.resume() }
    }
}

extension TransferError {
    static func shutDown(hasStarted: Bool) -> TransferError {
        TransferError(.aborted, "the HTTP client was shut down", requestMayHaveArrived: hasStarted)
    }
}
