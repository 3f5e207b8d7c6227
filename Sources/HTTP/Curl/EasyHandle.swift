import CLibcurl

/// An easy handle of libcurl, with the memory that the handle uses: header list, form and error text.
///
/// Only the transfer thread uses an easy handle. A handle must be removed from its multi handle before it is
/// released.
@safe final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// The `curl_mime` of a multipart body.
    var form: OpaquePointer?

    init() throws(TransferError) {
        guard let pointer = unsafe curl_easy_init() else {
            throw TransferError(notStarted: CURLE_FAILED_INIT)
        }
        unsafe self.pointer = pointer
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try unsafe set(CURLOPT_ERRORBUFFER, errorText)
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe curl_mime_free(form)
        unsafe curl_slist_free_all(headers)
        unsafe errorText.deallocate()
    }

    /// The error of a transfer that ended with `code`.
    func error(_ code: CURLcode) -> TransferError {
        unsafe TransferError(code, text: String(cString: errorText), hasSent: hasSent)
    }

    /// Whether any byte of the request was sent.
    ///
    /// Two values are needed. Only the request size counts bytes written to a dead pooled connection. Only the
    /// pretransfer time is set if the socket at first accepted no byte.
    private var hasSent: Bool {
        var size = 0
        unsafe okai_curl_get_long(pointer, CURLINFO_REQUEST_SIZE, &size)
        var start: curl_off_t = 0
        unsafe okai_curl_get_offset(pointer, CURLINFO_PRETRANSFER_TIME_T, &start)
        return size > 0 || start > 0
    }
}

// MARK: Options

extension EasyHandle {
    func set(_ option: CURLoption, _ value: Bool) throws(TransferError) {
        try set(option, value ? 1 : 0)
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransferError) {
        try check(unsafe okai_curl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, size: Int) throws(TransferError) {
        try check(unsafe okai_curl_set_offset(pointer, option, curl_off_t(size)))
    }

    /// libcurl copies the string.
    func set(_ option: CURLoption, _ value: String) throws(TransferError) {
        try check(unsafe okai_curl_set_string(pointer, option, value))
    }

    /// The memory at `value` must outlive this handle.
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws(TransferError) {
        try check(unsafe okai_curl_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, _ callback: okai_curl_data_callback) throws(TransferError) {
        try check(unsafe okai_curl_set_data_callback(pointer, option, callback))
    }

    func setSeek(_ callback: okai_curl_seek_callback) throws(TransferError) {
        try check(unsafe okai_curl_set_seek_callback(pointer, callback))
    }

    func setCloseOnExec() throws(TransferError) {
        try check(unsafe okai_curl_set_close_on_exec(pointer))
    }

    /// Sets all header lines of the request.
    ///
    /// Call this method only once for a handle.
    func setHeaders(_ lines: [String]) throws(TransferError) {
        for line in lines {
            guard let longer = unsafe curl_slist_append(headers, line) else {
                throw TransferError(notStarted: CURLE_OUT_OF_MEMORY)
            }
            unsafe headers = longer
        }
        guard let headers = unsafe headers else { return }
        try unsafe set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headers))
    }

    func check(_ code: CURLcode) throws(TransferError) {
        guard code == CURLE_OK else { throw TransferError(notStarted: code) }
    }
}
