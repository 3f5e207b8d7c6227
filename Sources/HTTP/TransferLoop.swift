import CLibcurl
import Foundation
import Synchronization

/// One thread that owns a curl multi handle and every easy handle in it.
///
/// Other threads only leave mail and ring the bell. Easy handles are created, used and freed on the loop's thread, so
/// they never need to be `Sendable`.
final class TransferLoop: Sendable {
    typealias ID = Int

    enum Mail: Sendable {
        case start(ID, Exchange)
        case resume(ID)
        case cancel(ID)
        case stop
    }

    private let mailbox = Mutex<[Mail]>([])
    private let lastID = Atomic<ID>(0)
    private let bell: Bell
    private let userAgent: String

    init(userAgent: String) {
        self.userAgent = userAgent
        bell = Bell()
        let thread = Thread { [self] in run() }
        thread.name = "okai-http"
        thread.start()
    }

    func makeID() -> ID { lastID.add(1, ordering: .relaxed).newValue }

    func post(_ mail: Mail) {
        mailbox.withLock { $0.append(mail) }
        bell.ring()
    }

    func stop() { post(.stop) }

    private func run() {
        var transfers: [ID: Transfer] = [:]
        while handleMail(&transfers) {
            var running: CInt = 0
            unsafe curl_multi_perform(bell.multi, &running)
            finishDone(&transfers)
            unsafe curl_multi_poll(bell.multi, nil, 0, 60_000, nil)
        }
        for id in transfers.keys { end(id, of: &transfers, CancellationError()) }
    }

    /// Does what the mail asks; false when it is time to stop.
    private func handleMail(_ transfers: inout [ID: Transfer]) -> Bool {
        let mails = mailbox.withLock { mails in
            defer { mails = [] }
            return mails
        }
        for mail in mails {
            switch mail {
            case .start(let id, let exchange): start(id, exchange, in: &transfers)
            case .resume(let id): transfers[id]?.resume()
            case .cancel(let id): end(id, of: &transfers, CancellationError())
            case .stop: return false
            }
        }
        return true
    }

    private func start(_ id: ID, _ exchange: Exchange, in transfers: inout [ID: Transfer]) {
        do {
            let transfer = try Transfer(exchange, id: id, userAgent: userAgent)
            unsafe curl_multi_add_handle(bell.multi, transfer.easy)
            transfers[id] = transfer
        } catch {
            exchange.head.resume(throwing: error)
        }
    }

    private func finishDone(_ transfers: inout [ID: Transfer]) {
        var remaining: CInt = 0
        while let message = unsafe curl_multi_info_read(bell.multi, &remaining) {
            guard let easy = unsafe message.pointee.easy_handle else { continue }
            let result = unsafe okai_curl_message_result(message)
            let id = unsafe Transfer.id(of: easy)
            guard let transfer = transfers[id] else { continue }
            end(id, of: &transfers, transfer.error(for: result))
        }
    }

    private func end(_ id: ID, of transfers: inout [ID: Transfer], _ error: (any Error)?) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        unsafe curl_multi_remove_handle(bell.multi, transfer.easy)
        transfer.finish(error)
    }
}

/// The multi handle, and the one call on it that any thread may make.
@safe private final class Bell: @unchecked Sendable {
    // @unchecked Sendable because other threads only call `ring()`, and curl_multi_wakeup is documented as callable
    // from any thread; all else happens on the loop's thread, which keeps this object until it has ended.
    let multi: UnsafeMutableRawPointer

    /// Done once in a process, before anything else of curl's, as its documentation asks.
    private static let globalInit: CURLcode = curl_global_init(CLong(CURL_GLOBAL_DEFAULT))

    init() {
        precondition(Self.globalInit == CURLE_OK, "libcurl cannot be initialised")
        guard let multi = unsafe curl_multi_init() else { preconditionFailure("libcurl is out of memory") }
        unsafe self.multi = multi
    }

    deinit {
        unsafe curl_multi_cleanup(multi)
    }

    func ring() {
        unsafe curl_multi_wakeup(multi)
    }
}
