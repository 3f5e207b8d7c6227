import CLibcurl

/// The multi handle of libcurl: all transfers of one loop, and the bell that wakes it.
@safe final class MultiHandle: @unchecked Sendable {
    // @unchecked Sendable because other threads only call `ring()`, and curl_multi_wakeup is documented as
    // callable from any thread. All else, `deinit` included, happens on the loop's thread.
    private let pointer: UnsafeMutableRawPointer

    private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Nil where libcurl can't start, for example without memory.
    init?() {
        guard Self.isCurlReady, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe curl_multi_cleanup(pointer)
    }

    /// Makes the current or next `wait()` return at once.
    func ring() {
        unsafe curl_multi_wakeup(pointer)
    }

    func add(_ transfer: Transfer) -> Bool {
        unsafe curl_multi_add_handle(pointer, transfer.easy.pointer) == CURLM_OK
    }

    func remove(_ transfer: Transfer) {
        unsafe curl_multi_remove_handle(pointer, transfer.easy.pointer)
    }

    /// Moves all transfers as far as they go without waiting; false where libcurl can't work any more.
    func perform() -> Bool {
        var running: CInt = 0
        return unsafe curl_multi_perform(pointer, &running) == CURLM_OK
    }

    /// The next transfer that has ended, taken out of this handle, with its verdict.
    func nextFinished() -> (transfer: Transfer, code: CURLcode)? {
        var remaining: CInt = 0
        guard let message = unsafe curl_multi_info_read(pointer, &remaining),
            let easy = unsafe message.pointee.easy_handle,
            let transfer = unsafe Transfer.of(easy)
        else { return nil }
        let code = unsafe okai_curl_message_result(message)
        remove(transfer)  // ends the life of `message`
        return (transfer, code)
    }

    /// Waits for a socket, a timer of libcurl or the bell; false where libcurl can't work any more.
    func wait() -> Bool {
        unsafe curl_multi_poll(pointer, nil, 0, 60_000, nil) == CURLM_OK
    }
}
