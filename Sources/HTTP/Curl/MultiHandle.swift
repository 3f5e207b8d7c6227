import CLibcurl

/// A multi handle of libcurl: the transfers of one loop, and the wake-up signal of that loop.
@safe final class MultiHandle: @unchecked Sendable {
    // @unchecked Sendable because other threads only call `wakeUp()`, and libcurl documents curl_multi_wakeup as
    // callable from any thread. All other methods and `deinit` run on the transfer thread.
    private let pointer: UnsafeMutableRawPointer

    private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Nil if libcurl cannot be initialised, for example without memory.
    init?() {
        guard Self.isCurlReady, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe curl_multi_cleanup(pointer)
    }

    /// Makes the current or next `wait()` return at once.
    func wakeUp() {
        unsafe curl_multi_wakeup(pointer)
    }

    func add(_ transfer: Transfer) -> Bool {
        unsafe curl_multi_add_handle(pointer, transfer.easy.pointer) == CURLM_OK
    }

    func remove(_ transfer: Transfer) {
        unsafe curl_multi_remove_handle(pointer, transfer.easy.pointer)
    }

    /// Advances all transfers as far as possible without waiting.
    ///
    /// Returns false if libcurl reports an error.
    func perform() -> Bool {
        var running: CInt = 0
        return unsafe curl_multi_perform(pointer, &running) == CURLM_OK
    }

    /// Removes the next finished transfer from this handle and returns it with its result code.
    func nextFinished() -> (transfer: Transfer, code: CURLcode)? {
        var remaining: CInt = 0
        guard let message = unsafe curl_multi_info_read(pointer, &remaining),
            let easy = unsafe message.pointee.easy_handle,
            let transfer = unsafe Transfer.of(easy)
        else { return nil }
        let code = unsafe okai_curl_message_result(message)
        remove(transfer)  // invalidates `message`
        return (transfer, code)
    }

    /// Waits for a socket, a timer of libcurl or `wakeUp()`, but at most 60 seconds.
    ///
    /// Returns false if libcurl reports an error.
    func wait() -> Bool {
        unsafe curl_multi_poll(pointer, nil, 0, 60_000, nil) == CURLM_OK
    }
}
