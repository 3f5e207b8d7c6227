import CLibcurl

/// The transfers in flight, and the turns that move them; lives on the loop's thread alone.
struct TransferTable {
    private let multi: MultiHandle
    private var transfers: [ObjectIdentifier: Transfer] = [:]

    init(_ multi: MultiHandle) {
        self.multi = multi
    }

    /// Works until `.stop` comes or libcurl fails, and then ends what is left.
    consuming func run(taking mail: () -> [TransferLoop.Mail]) {
        var isRunning = true
        while isRunning {
            // What was posted behind a stop is taken too, so that it ends with the rest.
            for mail in mail() { isRunning = handle(mail) && isRunning }
            isRunning = isRunning && multi.perform()
            finish()
            isRunning = isRunning && multi.wait()
        }
        for transfer in transfers.values {
            multi.remove(transfer)
            transfer.pipe.end(throwing: TransferError.shutDown(hasStarted: true))
        }
    }

    /// Returns false for `.stop`.
    private mutating func handle(_ mail: TransferLoop.Mail) -> Bool {
        switch mail {
        case .start(let exchange): start(exchange)
        case .resume(let pipe): transfers[ObjectIdentifier(pipe)]?.resume()
        case .cancel(let pipe): transfers.removeValue(forKey: ObjectIdentifier(pipe)).map(multi.remove)
        case .stop: return false
        }
        return true
    }

    /// Starts the exchange unless it was cancelled before it came here.
    private mutating func start(_ exchange: Exchange) {
        guard !exchange.pipe.isEnded else { return }
        do throws(TransferError) {
            let transfer = try Transfer(exchange)
            guard multi.add(transfer) else { throw TransferError(notStarted: CURLE_FAILED_INIT) }
            transfers[ObjectIdentifier(exchange.pipe)] = transfer
        } catch {
            exchange.pipe.end(throwing: error)
        }
    }

    private mutating func finish() {
        while let (transfer, code) = multi.nextFinished() {
            transfers[ObjectIdentifier(transfer.pipe)] = nil
            transfer.finish(code)
        }
    }
}
