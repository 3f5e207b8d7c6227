import CLibcurl

/// The transfers in flight and the event loop that advances them.
///
/// Only the transfer thread uses this type.
struct ActiveTransfers {
    private let multi: MultiHandle
    private var transfers: [ObjectIdentifier: Transfer] = [:]

    init(_ multi: MultiHandle) {
        self.multi = multi
    }

    /// Runs until it receives `.stop` or libcurl reports an error, then ends the remaining transfers.
    consuming func run(receiving receive: () -> [TransferLoop.Message]) {
        var isRunning = true
        while isRunning {
            // Messages after a `.stop` are handled too, so that the transfers that they start are ended below.
            for message in receive() { isRunning = handle(message) && isRunning }
            isRunning = isRunning && multi.perform()
            finish()
            isRunning = isRunning && multi.wait()
        }
        for transfer in transfers.values {
            multi.remove(transfer)
            transfer.pipe.finish(throwing: TransferError.shutDown(hasStarted: true))
        }
    }

    /// Returns false for `.stop`.
    private mutating func handle(_ message: TransferLoop.Message) -> Bool {
        switch message {
        case .start(let transfer): start(transfer)
        case .resume(let pipe): transfers[ObjectIdentifier(pipe)]?.resume()
        case .cancel(let pipe): transfers.removeValue(forKey: ObjectIdentifier(pipe)).map(multi.remove)
        case .stop: return false
        }
        return true
    }

    /// Starts the transfer, unless the task that reads its response has already been cancelled.
    private mutating func start(_ request: TransferRequest) {
        guard !request.pipe.isEnded else { return }
        do throws(TransferError) {
            let transfer = try Transfer(request)
            guard multi.add(transfer) else { throw TransferError(notStarted: CURLE_FAILED_INIT) }
            transfers[ObjectIdentifier(request.pipe)] = transfer
        } catch {
            request.pipe.finish(throwing: error)
        }
    }

    private mutating func finish() {
        while let (transfer, code) = multi.nextFinished() {
            transfers[ObjectIdentifier(transfer.pipe)] = nil
            transfer.finish(code)
        }
    }
}
