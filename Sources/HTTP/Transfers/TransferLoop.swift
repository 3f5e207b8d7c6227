import Synchronization

/// One thread that owns a multi handle and every easy handle in it.
///
/// Other threads only leave mail and ring the bell. Easy handles are made, used and freed on the loop's
/// thread, so they never need to be `Sendable`.
final class TransferLoop: Sendable {
    enum Mail {
        case start(Exchange)
        case resume(ResponsePipe)
        case cancel(ResponsePipe)
        case stop
    }

    private struct Mailbox {
        var mail: [Mail] = []
        /// Nil once the loop has ended.
        var multi: MultiHandle?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let mailbox: Mutex<Mailbox>

    init() {
        mailbox = Mutex(Mailbox(multi: MultiHandle()))
        let isRunning = LoopThread.start { [self] in run() }
        if !isRunning { end() }
    }

    func start(_ exchange: Exchange) {
        if !post(.start(exchange)) { exchange.pipe.end(throwing: TransferError.shutDown(hasStarted: false)) }
    }

    func resume(_ pipe: ResponsePipe) { post(.resume(pipe)) }
    func cancel(_ pipe: ResponsePipe) { post(.cancel(pipe)) }
    func stop() { post(.stop) }

    /// Stops the loop, and returns when all its handles are freed.
    func stopped() async {
        stop()
        await withCheckedContinuation { continuation in
            let hasEnded = mailbox.withLock { box in
                if box.multi != nil { box.waiters.append(continuation) }
                return box.multi == nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Rings within the lock, so that the bell can't be freed meanwhile.
    ///
    /// Returns false once the loop has ended.
    @discardableResult
    private func post(_ mail: Mail) -> Bool {
        mailbox.withLock { box in
            guard let multi = box.multi else { return false }
            box.mail.append(mail)
            multi.ring()
            return true
        }
    }
}

// MARK: On the loop's thread

extension TransferLoop {
    private func run() {
        if let multi = mailbox.withLock({ $0.multi }) { TransferTable(multi).run(taking: collect) }
        end()
    }

    private func collect() -> [Mail] {
        mailbox.withLock { box in
            defer { box.mail = [] }
            return box.mail
        }
    }

    /// Drops the last reference to the multi handle, within the lock and before anybody is told.
    private func end() {
        let (mail, waiters) = mailbox.withLock { box in
            defer { box = Mailbox() }
            return (box.mail, box.waiters)
        }
        for case .start(let exchange) in mail {
            exchange.pipe.end(throwing: TransferError.shutDown(hasStarted: false))
        }
        for waiter in waiters { waiter.resume() }
    }
}

extension TransferError {
    static func shutDown(hasStarted: Bool) -> TransferError {
        TransferError(.aborted, "the HTTP client was shut down", requestMayHaveArrived: hasStarted)
    }
}
